import assert from "node:assert/strict";
import { describeFiles } from "../../shared/openapi/file_limits.ts";
import { providers } from "../../shared/providers/catalog.ts";
import { brokenFileLimit, readFileLimits } from "./file_limits.ts";

Deno.test("the limits of every provider are read out of the words that the document has", () => {
  const all = Object.values(providers)
    .flatMap(({ operations }) => operations.flatMap(({ assetLimits }) => assetLimits ?? []));
  assert.ok(all.length > 5);
  for (const limits of all) {
    const read = readFileLimits(describeFiles(limits));
    assert.deepEqual(read?.mediaTypes.toSorted(), limits.mediaTypes.toSorted());
    assert.equal(read?.maxBytes, limits.maxBytes);
    assert.deepEqual(read?.image, limits.image ?? {});
  }
});

Deno.test("a form without files has no limits", () => {
  assert.equal(readFileLimits(""), undefined);
});

Deno.test("a file is taken up to its limits, and refused beyond with what to do", () => {
  const limits = readFileLimits(
    "Input files: PNG, JPEG, up to 20 MB, each side at least 256 pixels.",
  );
  assert.ok(limits);
  const facts = { mediaType: "image/png", bytes: 20_000_000, width: 256, height: 900 };
  assert.equal(brokenFileLimit(facts, limits), undefined);
  assert.equal(
    brokenFileLimit({ ...facts, bytes: 20_100_000 }, limits),
    "Is 20.1 MB; may have at most 20.0 MB",
  );
  assert.equal(
    brokenFileLimit({ ...facts, mediaType: "image/webp" }, limits),
    "Is a WebP; choose a PNG or JPEG",
  );
  assert.equal(
    brokenFileLimit({ ...facts, width: 128 }, limits),
    "Is 128x900 pixels; each side must have at least 256: scale it up to at least 256x1800 before uploading",
  );
});
