import assert from "node:assert/strict";
import fc from "fast-check";
import {
  assetPath,
  assetUrl,
  objectAddress,
  parseAssetUrl,
  type StorageObject,
} from "./asset_url.ts";

const PROJECT = "https://project.example";

/** Characters that mean something in URLs, paths or encodings, among any others. */
const character = fc.oneof(
  fc.constantFrom(..."./\\%?#&=+,;:@$!~*'()[]{}|^`\"<> 2eEfFcC5\0\n\t\x7f"),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
);
const anyName = fc.array(character, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(""));
const oddPart = fc.constantFrom(
  "..",
  ".",
  "",
  "%2e%2e",
  "%252e",
  "..%2f",
  "%",
  "?x=1",
  "#a",
  "a\\b",
);
const anyPath = fc.array(fc.oneof(anyName, oddPart), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join("/"));
const anyBucket = fc.oneof(
  fc.constantFrom("inputs", "a b", "b%2f", ".", "..", ""),
  anyName.map((name) => name.replaceAll("/", "-")),
);
const anyObject = fc.record({ bucket: anyBucket, path: anyPath }, { noNullPrototype: true });

/** Whether no URL can hold it: it would be resolved on the way. */
function isUnspeakable({ bucket, path }: StorageObject): boolean {
  return [bucket, ...path.split("/")].some((part) => ["", ".", ".."].includes(part));
}

/** Whether a path consists of names only: what the platform and we take in a request. */
function isPlain({ bucket, path }: StorageObject): boolean {
  return [bucket, ...path.split("/")].every((part) =>
    !["", ".", ".."].includes(part) && !/[\\\p{Cc}]/u.test(part)
  );
}

/** As a server reads a path: resolved by `fetch`, then decoded part by part. */
function serverReads(url: string): string[] {
  return new URL(url).pathname.split("/").slice(1).map(decodeURIComponent);
}

Deno.test("the address of a file is read as that file, or as none", () => {
  fc.assert(
    fc.property(
      anyObject,
      fc.constantFrom("public" as const, "authenticated" as const),
      (object, audience) => {
        if (isUnspeakable(object)) {
          assert.throws(() => assetUrl(PROJECT, object, audience), RangeError);
          return;
        }
        const read = parseAssetUrl(assetUrl(PROJECT, object, audience), [PROJECT]);
        assert.deepEqual(read, isPlain(object) ? object : undefined);
      },
    ),
    { numRuns: 2_000 },
  );
});

Deno.test("a request for a file names that file and no other, whatever its name and its version", () => {
  const version = fc.option(anyName, { nil: undefined });
  fc.assert(
    fc.property(anyObject, version, ({ bucket, path }, version) => {
      const object = { bucket, path, version };
      if (isUnspeakable(object)) {
        assert.throws(() => objectAddress(PROJECT, object), RangeError);
        return;
      }
      assert.equal(
        assetPath(object),
        objectAddress(PROJECT, { bucket, path }).split("/object/")[1],
      );
      const [storage, v1, kind, ...parts] = serverReads(objectAddress(PROJECT, object));
      assert.deepEqual([storage, v1, kind], ["storage", "v1", "object"]);
      assert.deepEqual(parts, [bucket, ...path.split("/")]);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("no text is read as a file above, below or beside the one it names", () => {
  const tail = fc.array(
    fc.oneof(character, fc.constantFrom("/", "..", "%2e", "%2f", "%5c", "%252e")),
    {
      minLength: 1,
      maxLength: 16,
    },
  ).map((parts) => parts.join(""));
  fc.assert(
    fc.property(tail, (text) => {
      const read = parseAssetUrl(`${PROJECT}/storage/v1/object/public/inputs/ann/${text}`, [
        PROJECT,
      ]);
      if (!read) return;
      assert.ok(isPlain(read));
      assert.ok(read.bucket === "inputs" && read.path.startsWith("ann/"), JSON.stringify(read));
      assert.deepEqual(parseAssetUrl(assetUrl(PROJECT, read), [PROJECT]), read);
    }),
    { numRuns: 2_000 },
  );
});
