import assert from "node:assert/strict";
import { hintOf, optionLabel } from "./words.ts";

Deno.test("a hint does not say its label again", () => {
  const pixels = {
    name: "size",
    kind: "choice",
    description: "Width and height in pixels",
  } as const;
  assert.equal(hintOf(pixels), "Width and height in pixels");
  assert.equal(hintOf({ name: "style", kind: "choice", description: "Style" }), "");
  const style = { name: "style", kind: "choice", description: "Style; the vector styles give SVG" };
  assert.equal(hintOf({ ...style, kind: "choice" }), "The vector styles give SVG");
  const version = { name: "model_version", description: "v3.5 is the newest that paints" };
  assert.equal(hintOf({ ...version, kind: "choice" }), version.description);
});

Deno.test("what the API calls absent is automatic or empty in a form", () => {
  const description = "Between 21:9 and 9:21; absent: the shape of the input";
  assert.equal(
    hintOf({ name: "aspect_ratio", kind: "text", description }),
    "Between 21:9 and 9:21; empty: the shape of the input",
  );
  assert.equal(
    hintOf({ name: "size", kind: "choice", description }),
    "Between 21:9 and 9:21; automatic: the shape of the input",
  );
});

Deno.test("what the service chooses has one name", () => {
  assert.equal(optionLabel("auto"), "Automatic");
});
