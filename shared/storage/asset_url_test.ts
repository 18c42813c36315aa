import assert from "node:assert/strict";
import { assetUrl, parseAssetUrl } from "./asset_url.ts";

Deno.test("an address holds bucket and path, encoded part by part", async (t) => {
  const cases: readonly (readonly [name: string, path: string, encoded: string])[] = [
    ["plain", "user/concepts/task/0.png", "user/concepts/task/0.png"],
    ["space", "user/a b.png", "user/a%20b.png"],
    ["letters of other languages", "ü/日.png", "%C3%BC/%E6%97%A5.png"],
    ["what would end the path", "a?b#c.png", "a%3Fb%23c.png"],
    ["per cent", "100%.png", "100%25.png"],
  ];
  for (const [name, path, encoded] of cases) {
    await t.step(name, () => {
      assert.equal(
        assetUrl("https://project.example", { bucket: "generated", path }),
        `https://project.example/storage/v1/object/public/generated/${encoded}`,
      );
    });
  }
});

Deno.test("an address says whom it is for, and is read again either way", () => {
  const location = { bucket: "generated", path: "ann/0.png" };
  for (const audience of ["public", "authenticated"] as const) {
    const address = assetUrl("https://project.example", location, audience);
    assert.equal(
      address,
      `https://project.example/storage/v1/object/${audience}/generated/ann/0.png`,
    );
    assert.deepEqual(parseAssetUrl(address, ["https://project.example"]), location);
  }
});

Deno.test("a bucket's name is one part of the address", () => {
  const address = assetUrl("https://project.example", { bucket: "a/b", path: "c" });
  assert.equal(address, "https://project.example/storage/v1/object/public/a%2Fb/c");
});

Deno.test("an address is read in every form that Storage hands out", async (t) => {
  const location = { bucket: "inputs", path: "ann/my cat.png" };
  const paths = [
    "public/inputs/ann/my%20cat.png",
    "sign/inputs/ann/my%20cat.png?token=abc.def",
    "authenticated/inputs/ann/my%20cat.png",
    "inputs/ann/my%20cat.png",
  ];
  for (const path of paths) {
    await t.step(path, () => {
      const address = `https://project.example/storage/v1/object/${path}`;
      assert.deepEqual(parseAssetUrl(address, ["https://project.example"]), location);
    });
  }
  await t.step("names of hosts have no case, paths may hold spaces", () => {
    const address = "HTTPS://Project.Example/storage/v1/object/inputs/ann/my cat.png";
    assert.deepEqual(parseAssetUrl(address, ["https://project.example"]), location);
  });
  const address = "http://127.0.0.1:54321/storage/v1/object/public/inputs/ann/my%20cat.png";
  const urls = ["http://kong:8000", "http://127.0.0.1:54321"];
  assert.deepEqual(parseAssetUrl(address, urls), location);
});

Deno.test("an address that is not plainly of this Storage is none", async (t) => {
  const base = "https://project.example/storage/v1/object/public";
  const addresses = [
    "inputs/ann/cat.png",
    "https://other.example/storage/v1/object/public/inputs/ann/cat.png",
    "https://project.example.evil.example/storage/v1/object/public/inputs/ann/cat.png",
    "https://project.example@evil.example/storage/v1/object/public/inputs/ann/cat.png",
    "https://ann:secret@project.example/storage/v1/object/public/inputs/ann/cat.png",
    "http://project.example/storage/v1/object/public/inputs/ann/cat.png",
    "https://project.example:8443/storage/v1/object/public/inputs/ann/cat.png",
    "https://project.example/storage/v1/render/image/public/inputs/cat.png",
    "https://project.example/rest/v1/tasks",
    "file:///etc/passwd",
    `${base}/inputs`,
    `${base}/inputs/`,
    `${base}/inputs/ann//cat.png`,
    `${base}/inputs/ann/%2e%2e%2fbob/cat.png`,
    `${base}/inputs/ann%2fcat.png`,
    `${base}/inputs/ann/%00.png`,
    `${base}/inputs/ann/%5c.png`,
    `${base}/in%00puts/ann/cat.png`,
    `${base}/inputs%2fann/cat.png`,
    `${base}/%2e%2e/ann/cat.png`,
    `${base}/inputs/bob/../ann/cat.png`,
    `${base}/inputs/ann/./cat.png`,
    `${base}/inputs/ann/.%2E/ann/cat.png`,
    `${base}/inputs\\ann/cat.png`,
    `${base}/inputs/ann/cat\n.png`,
    "https:\\\\project.example\\storage\\v1\\object\\public\\inputs\\ann\\cat.png",
    "https://project.example./storage/v1/object/public/inputs/ann/cat.png",
    "//project.example/storage/v1/object/public/inputs/ann/cat.png",
    "https:/project.example/storage/v1/object/public/inputs/ann/cat.png",
    `${base}/inputs%0a/ann/cat.png`,
    `${base}/inputs/ann/%ed%a0%80.png`,
    `${base}/inputs/ann/%zz.png`,
  ];
  for (const address of addresses) {
    await t.step(address, () => {
      assert.equal(parseAssetUrl(address, ["https://project.example"]), undefined);
    });
  }
});

Deno.test("a host by number is known as it is written, and in no other way", async (t) => {
  const hosts = ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::ffff:127.0.0.1]"];
  for (const host of [...hosts, "localhost", "127.0.0.1.", "ann@127.0.0.1"]) {
    await t.step(host, () => {
      const address = `http://${host}:54321/storage/v1/object/public/inputs/ann/cat.png`;
      assert.equal(parseAssetUrl(address, ["http://127.0.0.1:54321"]), undefined);
    });
  }
});
