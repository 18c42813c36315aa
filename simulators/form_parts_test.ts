import assert from "node:assert/strict";
import { isMediaType, readFormParts, toNumber } from "./form_parts.ts";

async function send(
  parts: readonly (readonly [string, string | File])[],
): Promise<readonly [Uint8Array<ArrayBuffer>, string]> {
  const form = new FormData();
  for (const [name, value] of parts) form.append(name, value);
  const response = new Response(form);
  return [await response.bytes(), response.headers.get("content-type") ?? ""];
}

Deno.test("the parts of a form come by name, and doubled names are told", async () => {
  const file = new File(["abc"], "a.png", { type: "image/png" });
  const sent = await send([["prompt", "a"], ["image", file], ["prompt", "b"], ["prompt", "c"]]);
  const parts = await readFormParts(...sent);
  assert.equal(parts?.values.prompt, "a");
  assert.deepEqual(parts?.repeated, ["prompt"]);
  const image = parts?.values.image;
  assert.ok(image instanceof File);
  assert.deepEqual([image.name, image.type, image.size], ["a.png", "image/png", 3]);
});

Deno.test("what is no multipart form is none", async (t) => {
  const [body, contentType] = await send([["prompt", "a"]]);
  const cases = [
    ["another content type", body, "application/json"],
    ["no boundary", body, "multipart/form-data"],
    ["nothing", new Uint8Array(), contentType],
  ] as const;
  for (const [name, sentBody, sentType] of cases) {
    await t.step(name, async () => {
      assert.equal(await readFormParts(sentBody, sentType), undefined);
    });
  }
});

Deno.test("a media type is recognised with parameters and in capitals", () => {
  assert.equal(isMediaType("Multipart/Form-Data; boundary=B", "multipart/form-data"), true);
  assert.equal(isMediaType("multipart/form-data-x", "multipart/form-data"), false);
  assert.equal(isMediaType(null, "multipart/form-data"), false);
});

Deno.test("only what looks like a number becomes one", () => {
  assert.deepEqual(["7", "-1.5", "", " 7", "1e3", "0x10", "seven"].map(toNumber), [
    7,
    -1.5,
    "",
    " 7",
    "1e3",
    "0x10",
    "seven",
  ]);
});
