import assert from "node:assert/strict";
import { formOf } from "./multipart.ts";

const bytes = new Uint8Array([1, 2]);
const picture = { content: new Blob([bytes]), mediaType: "image/jpeg", extension: "jpg" };

Deno.test("fields become text, and those that are undefined are left out", () => {
  const form = formOf({
    text: "a\nb",
    empty: "",
    number: 0,
    share: 0.25,
    no: false,
    gone: undefined,
  });
  assert.deepEqual([...form.entries()], [
    ["text", "a\nb"],
    ["empty", ""],
    ["number", "0"],
    ["share", "0.25"],
    ["no", "false"],
  ]);
});

Deno.test("a file is named after its part and its kind, and has its own media type", async () => {
  const form = formOf({}, { image: picture, mask: { ...picture, extension: "png" } });
  const [image, mask] = ["image", "mask"].map((name) => form.get(name));
  assert.ok(image instanceof File && mask instanceof File);
  assert.deepEqual([image.name, image.type, mask.name], ["image.jpg", "image/jpeg", "mask.png"]);
  assert.deepEqual(await image.bytes(), bytes);
});

Deno.test("numbers of a form have no exponents, and whole ones stay as they are", () => {
  const numbers = {
    1e-7: "0",
    5e-324: "0",
    0.00004: "0",
    0.00006: "0.0001",
    0.8: "0.8",
    0.123456: "0.1235",
    0.99999: "1",
    1: "1",
    4_294_967_294: "4294967294",
  };
  for (const [number, text] of Object.entries(numbers)) {
    assert.equal(formOf({ number: Number(number) }).get("number"), text);
  }
});
