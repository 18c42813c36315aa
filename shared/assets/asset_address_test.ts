import assert from "node:assert/strict";
import { assetAddress } from "./asset_address.ts";

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
        assetAddress("https://project.example", { bucket: "generated", path }),
        `https://project.example/storage/v1/object/public/generated/${encoded}`,
      );
    });
  }
});

Deno.test("a bucket's name is one part of the address", () => {
  const address = assetAddress("https://project.example", { bucket: "a/b", path: "c" });
  assert.equal(address, "https://project.example/storage/v1/object/public/a%2Fb/c");
});
