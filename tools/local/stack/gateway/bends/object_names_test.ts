import assert from "node:assert/strict";
import { localPath, namedObject } from "./object_names.ts";

function local(path: string): string | undefined {
  const named = namedObject(path);
  return named && localPath(named);
}

Deno.test("a name reaches the local Storage as the platform understands it", async (t) => {
  const object = "/storage/v1/object";
  const cases: readonly (readonly [path: string, expected: string])[] = [
    ["inputs/ann/a.png", "inputs/ann/a.png"],
    ["inputs/ann/a%26b%2Bc%3Dd%2Ce%3Bf%3Ag%40h%24.png", "inputs/ann/a&b+c=d,e;f:g@h$.png"],
    [
      "authenticated/inputs/ann/my%20cat.png?version=1",
      "authenticated/inputs/ann/my%20cat.png?version=1",
    ],
    ["info/inputs/%C3%BC%E6%97%A5.png", "info/inputs/%C3%BC%E6%97%A5.png"],
    ["public/generated/100%25.png", "public/generated/100%.png"],
    ["inputs/ann/a%252Fb.png", "inputs/ann/a%2Fb.png"],
  ];
  for (const [path, expected] of cases) {
    await t.step(path, () => assert.equal(local(`${object}/${path}`), `${object}/${expected}`));
  }
});

Deno.test("a name that no path can tell it is not told as another", async (t) => {
  for (const name of ["a?b.png", "a#b.png", "%2e%2e/b.png", "a%41.png", "../b.png", "a/./b.png"]) {
    await t.step(name, () => {
      const path = `/storage/v1/object/inputs/${encodeURIComponent(name)}`;
      assert.equal(namedObject(path)?.name, name);
      assert.equal(local(path), undefined);
    });
  }
});

Deno.test("other paths name no file", () => {
  for (
    const path of ["/storage/v1/bucket", "/storage/v1/object/move", "/storage/v1/object/inputs"]
  ) {
    assert.equal(namedObject(path), undefined);
  }
  assert.equal(namedObject("/storage/v1/object/inputs/100%.png"), undefined);
});
