import assert from "node:assert/strict";
import { isOnProviderHost } from "./response_url.ts";

const BASE = "https://api.bfl.ai/v1";
const HOSTS = ["*.bfl.ai", "img.recraft.ai"];

type Cases = Readonly<Record<string, readonly string[]>>;

async function check(
  t: Deno.TestContext,
  cases: Cases,
  expected: boolean,
  baseUrl = BASE,
  hosts: readonly string[] | undefined = HOSTS,
): Promise<void> {
  for (const [name, addresses] of Object.entries(cases)) {
    for (const address of addresses) {
      await t.step(`${name}: ${address}`, () => {
        assert.equal(isOnProviderHost(address, baseUrl, hosts), expected);
      });
    }
  }
}

Deno.test("the provider's own hosts may be asked", async (t) => {
  await check(t, {
    "the base": [
      "https://api.bfl.ai",
      "https://api.bfl.ai/v1/get_result?id=1",
      "https://API.BFL.AI",
    ],
    "a host below": ["https://api.eu2.bfl.ai/v1", "https://delivery.eu-2.bfl.ai/a?sig=b%2Fc"],
    "a host by its whole name": ["https://img.recraft.ai/1.png"],
    "the port of https": ["https://img.recraft.ai:443/1.png", "https://delivery.bfl.ai:443/"],
    "a name in the path or behind": [
      "https://a.bfl.ai/@evil.com",
      "https://a.bfl.ai/?x=evil.com#y",
    ],
  }, true);
});

Deno.test("any other host may not", async (t) => {
  await check(t, {
    "another suffix": ["https://evilbfl.ai/", "https://bfl.ai.evil.com/", "https://xbfl.ai"],
    "the name above": ["https://bfl.ai/", "https://recraft.ai/"],
    "a host below a whole name": ["https://a.img.recraft.ai/", "https://evilimg.recraft.ai/"],
    "a name in another part": [
      "https://evil.com/.bfl.ai",
      "https://evil.com?.bfl.ai",
      "https://evil.com#.bfl.ai",
      "https://evil.com\\.bfl.ai",
      "https://evil.com/img.recraft.ai",
    ],
    "a user that looks like a host": [
      "https://api.bfl.ai@evil.com/",
      "https://api.bfl.ai:443@evil.com/",
      "https://api.bfl.ai%2F@evil.com/",
    ],
    "letters that look alike": ["https://api.bfI.ai/", "https://арi.bfl.аi/"],
    "a dot at the end": ["https://api.bfl.ai./", "https://img.recraft.ai./"],
    "this machine": ["https://localhost/", "https://127.0.0.1/", "https://[::1]/"],
    "numbers": [
      "https://2130706433/",
      "https://0x7f000001/",
      "https://0177.0.0.1/",
      "https://127.1/",
      "https://[::ffff:127.0.0.1]/",
      "https://169.254.169.254/",
      "https://0/",
    ],
    "no host": ["", "bfl.ai", "//api.bfl.ai/", "/v1", "https://", "https:///", "javascript:1"],
  }, false);
});

Deno.test("a known host is asked by https at its own port and without a user", async (t) => {
  await check(t, {
    "another scheme": [
      "http://api.bfl.ai/v1",
      "http://delivery.bfl.ai/",
      "ftp://delivery.bfl.ai/",
      "ws://api.bfl.ai/",
      "file://api.bfl.ai/etc/passwd",
      "data:text/plain,api.bfl.ai",
      "blob:https://delivery.bfl.ai/1",
      "blob:https://api.bfl.ai/1",
    ],
    "another port": [
      "https://api.bfl.ai:8443/",
      "https://delivery.bfl.ai:80/",
      "https://img.recraft.ai:8080/",
    ],
    "a user": [
      "https://me@api.bfl.ai/",
      "https://me:secret@delivery.bfl.ai/",
      "https://:secret@img.recraft.ai/",
    ],
  }, false);
});

Deno.test("the base is asked as it is set: a simulator by http, at its port", async (t) => {
  const base = "http://127.0.0.1:9000/flux/v1";
  await check(
    t,
    {
      "the same origin": ["http://127.0.0.1:9000/results/1", "http://127.0.0.1:9000"],
      "a known host": ["https://delivery.bfl.ai/1"],
    },
    true,
    base,
  );
  await check(
    t,
    {
      "another port": ["http://127.0.0.1:9001/", "http://127.0.0.1/"],
      "another scheme": ["https://127.0.0.1:9000/"],
      "another name of this machine": ["http://localhost:9000/", "http://127.0.0.2:9000/"],
      "a user": ["http://me@127.0.0.1:9000/"],
      "a known host by http": ["http://delivery.bfl.ai/1"],
    },
    false,
    base,
  );
});

Deno.test("a provider without other hosts is asked at its base alone", async (t) => {
  await check(t, { base: ["https://api.bfl.ai/x"] }, true, BASE, []);
  await check(
    t,
    { below: ["https://eu.api.bfl.ai/", "https://delivery.bfl.ai/"] },
    false,
    BASE,
    [],
  );
  await t.step("by default", () => {
    assert.equal(isOnProviderHost("https://api.bfl.ai/x", BASE), true);
    assert.equal(isOnProviderHost("https://delivery.bfl.ai/x", BASE), false);
  });
});
