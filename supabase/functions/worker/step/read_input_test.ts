import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { InputFile } from "../../../../shared/storage/input_reader.ts";
import type { Claim } from "../../../../shared/tasks/task.ts";
import { aClaim } from "../../../../testing/claims.ts";
import { inputFile } from "../../../../testing/input_files.ts";
import { files } from "../../../../testing/files.ts";
import { failureOf } from "../../../../testing/provider_failures.ts";
import { MAX_INPUT_BYTES } from "../memory_limits.ts";
import { createReadInput } from "./read_input.ts";

const URLS = ["https://kong.example", "https://project.example"];
const picture = inputFile(files.png, "image/png", "png");
const cat = { bucket: "inputs", path: "ann/my cat?.png", bytes: 7, etag: "e", version: "v" };
const dog = { bucket: "inputs", path: "ann/dog.png", bytes: 9, etag: null, version: null };

/** Reads by the URL of a request; returns what was asked of Storage. */
async function read(claim: Partial<Claim>, url: string): Promise<readonly InputFile[]> {
  const asked: InputFile[] = [];
  const readInput = createReadInput((file) => {
    asked.push(file);
    return Promise.resolve(picture);
  }, URLS);
  try {
    assert.equal(await readInput(aClaim(claim), url, "image"), picture);
  } catch (error) {
    assert.deepEqual(asked, []);
    throw error;
  }
  return asked;
}

Deno.test("a file is read as it was checked, by its own name", async (t) => {
  const inputs = [dog, cat];
  for (const project of URLS) {
    await t.step(project, async () => {
      const url = `${project}/storage/v1/object/public/inputs/ann/my%20cat%3F.png`;
      const { bucket, path } = cat;
      assert.deepEqual(await read({ inputs }, url), [
        { object: { bucket, path }, maxBytes: 7, checked: cat },
      ]);
    });
  }
});

Deno.test("a file that was not checked is not read", async (t) => {
  const urls = [
    "https://project.example/storage/v1/object/public/inputs/ann/my%20cat",
    "https://project.example/storage/v1/object/public/other/ann/dog.png",
    "https://project.example/storage/v1/object/public/inputs/ann/x/../dog.png",
    "https://project.example/rest/v1/tasks",
    "https://other.example/storage/v1/object/public/inputs/ann/dog.png",
    "a",
  ];
  for (const url of urls) {
    await t.step(url, async () => {
      const { code } = await failureOf(read({ inputs: [dog, cat] }, url));
      assert.equal(code, "invalid_input");
    });
  }
});

Deno.test("of a task that was accepted before files were kept, their length together is the bound", async () => {
  const url = "https://project.example/storage/v1/object/public/inputs/ann/dog.png";
  const object = { bucket: "inputs", path: "ann/dog.png" };
  const bounds = [[500, 500], [0, MAX_INPUT_BYTES]] as const;
  for (const [inputBytes, maxBytes] of bounds) {
    assert.deepEqual(await read({ inputs: null, inputBytes }, url), [{ object, maxBytes }]);
  }
});

Deno.test("of a mask that was mended at the submit, the mended one goes out, and nothing is read", async () => {
  const mended = Buffer.from("a mask").toString("base64");
  const readInput = createReadInput(() => assert.fail("Read"), URLS);
  const url = "https://project.example/storage/v1/object/public/inputs/ann/dog.png";
  const claim = aClaim({ inputs: [cat, { ...dog, mended }] });
  const { content, ...type } = await readInput(claim, url, "image");
  assert.deepEqual(type, { mediaType: "image/png", extension: "png" });
  assert.equal(await content.text(), "a mask");
});
