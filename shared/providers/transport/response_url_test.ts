import assert from "node:assert/strict";
import { failureOf } from "../../../testing/provider_failures.ts";
import { checkResponseUrl } from "./response_url.ts";

const RESULT = "https://cdn.acme.example/1.glb";

/** Checks an address, and tells which names were looked up. */
function check(
  address: string,
  found: readonly string[] | Error,
  baseUrl = "https://api.acme.example/v1",
): { readonly asked: readonly string[]; readonly checked: Promise<void> } {
  const asked: string[] = [];
  const lookUpHost = (host: string): Promise<readonly string[]> => {
    asked.push(host);
    return found instanceof Error ? Promise.reject(found) : Promise.resolve(found);
  };
  const provider = { name: "Acme", otherHosts: ["*.acme.example"] };
  return { asked, checked: checkResponseUrl(address, { provider, baseUrl, lookUpHost }) };
}

Deno.test("a host of the provider's on the public internet may be asked", async () => {
  const { asked, checked } = check(RESULT, ["104.18.7.192", "2606:4700::6812:7c0"]);
  await checked;
  assert.deepEqual(asked, ["cdn.acme.example"]);
});

Deno.test("one that leads inside may not, if only by one of its addresses", async (t) => {
  const inside: readonly (readonly string[])[] = [
    ["127.0.0.1"],
    ["10.1.2.3"],
    ["169.254.169.254"],
    ["::1"],
    ["fd00::1"],
    ["::ffff:10.0.0.1"],
    ["104.18.7.192", "192.168.0.1"],
    ["2606:4700::6812:7c0", "fe80::1"],
    [],
  ];
  for (const found of inside) {
    await t.step(found.join(" and ") || "nowhere", async () => {
      const { code, retryable, ambiguous, message } = await failureOf(
        check(RESULT, found).checked,
      );
      assert.deepEqual([code, retryable, ambiguous], ["provider_unavailable", true, false]);
      assert.equal(message, "cdn.acme.example is not on the public internet");
    });
  }
});

Deno.test("a name that cannot be found may be found later", async () => {
  const { code, retryable } = await failureOf(check(RESULT, new Error("ENOTFOUND")).checked);
  assert.deepEqual([code, retryable], ["provider_unavailable", true]);
});

Deno.test("a host that is not the provider's is not even looked up", async () => {
  for (const address of ["https://evil.example/", "https://169.254.169.254/", "file:///etc", ""]) {
    const { asked, checked } = check(address, ["104.18.7.192"]);
    const { code, retryable } = await failureOf(checked);
    assert.deepEqual([code, retryable, asked], ["provider_unavailable", true, []]);
  }
});

Deno.test("the base address is the operator's: a simulator on this machine may be asked", async () => {
  const { asked, checked } = check(
    "http://127.0.0.1:9000/results/1",
    ["127.0.0.1"],
    "http://127.0.0.1:9000/acme",
  );
  await checked;
  assert.deepEqual(asked, []);
});

Deno.test("names are looked up as the system does it", async () => {
  const policy = {
    provider: { name: "Acme", otherHosts: ["localhost"] },
    baseUrl: "https://api.acme.example",
  };
  const failure = await failureOf(checkResponseUrl("https://localhost/1.glb", policy));
  assert.equal(failure.message, "localhost is not on the public internet");
});
