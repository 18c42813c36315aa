import assert from "node:assert/strict";
import type { AssetFacts } from "../assets/find_asset.ts";
import { ApiError } from "../contract/errors.ts";
import { createCheckAssets } from "./check_assets.ts";
import { parseCommand } from "./command.ts";
import { locateAssets } from "./locate_assets.ts";

const PROJECT = "https://project.example";
const FIELD = "input_image_asset_url";
const png = { mediaType: "image/png", bytes: 50_000_000 };

/** Checks an image-to-image request for the address, in a Storage where one file lies. */
async function check(address: string, facts: AssetFacts): Promise<ApiError | undefined> {
  const command = parseCommand("image-to-image", {
    task_id: "task-1",
    provider: "openai",
    prompt: "x",
    [FIELD]: address,
  });
  const checkAssets = createCheckAssets(({ bucket, path }, userId) =>
    Promise.resolve(`${userId}/${bucket}/${path}` === "ann/inputs/a.png" ? facts : undefined)
  );
  try {
    await checkAssets(locateAssets(command, [PROJECT]), "ann");
  } catch (error) {
    assert.ok(error instanceof ApiError, String(error));
    return error;
  }
}

const address = `${PROJECT}/storage/v1/object/public/inputs/a.png`;

Deno.test("a file of the project that the provider takes is accepted up to the limit", async () => {
  assert.equal(await check(address, png), undefined);
});

Deno.test("a file that cannot be used is refused with its field and what to do", async (t) => {
  const cases: [name: string, address: string, facts: AssetFacts, message: RegExp][] = [
    ["elsewhere", "https://other.example/storage/v1/object/public/inputs/a.png", png, /Storage/],
    ["missing", `${PROJECT}/storage/v1/object/public/inputs/b.png`, png, /upload it/],
    ["wrong type", address, { ...png, mediaType: "image/gif" }, /image\/gif; must be image\/png/],
    ["too large", address, { ...png, bytes: 50_000_001 }, /50000001 bytes; at most 50000000/],
  ];
  for (const [name, url, facts, message] of cases) {
    await t.step(name, async () => {
      const error = await check(url, facts);
      assert.equal(error?.code, "invalid_asset");
      assert.match(error.message, message);
      assert.deepEqual(error.details.map(({ field }) => field), [FIELD]);
    });
  }
});

Deno.test("an operation without input files looks nothing up", async () => {
  const command = parseCommand("text-to-image", {
    task_id: "task-1",
    provider: "openai",
    prompt: "x",
  });
  const fail = (): Promise<never> => Promise.reject(new Error("Looked up"));
  await createCheckAssets(fail)(locateAssets(command, [PROJECT]), "ann");
});

Deno.test("every form of an address becomes the same request, and no token is kept", () => {
  const forms = ["public/inputs", "sign/inputs", "authenticated/inputs", "inputs"];
  const addresses = forms.map((form) => {
    const command = parseCommand("image-to-image", {
      task_id: "task-1",
      provider: "openai",
      prompt: "x",
      [FIELD]: `http://kong:8000/storage/v1/object/${form}/a.png?token=${form}`,
    });
    return locateAssets(command, [PROJECT, "http://kong:8000"]).command.parameters[FIELD];
  });
  assert.deepEqual(new Set(addresses), new Set([address]));
});
