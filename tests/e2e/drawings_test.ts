import assert from "node:assert/strict";
import { followToEnd, signIn, submit, type User } from "../support/client.ts";
import { purchasesOf } from "../support/simulator.ts";

interface Stored {
  readonly mediaType: string | null;
  readonly text: string;
  readonly warning: unknown;
}

/** Asks for one picture and fetches what was stored, as an app and a browser do. */
async function draw(user: User, parameters: Readonly<Record<string, string>>): Promise<Stored> {
  const id = await submit(user, { provider: "recraft", ...parameters });
  const status = await followToEnd(user, id);
  assert.equal(status.status, "complete");
  const response = await fetch(status.asset_url ?? "");
  assert.equal(response.status, 200);
  const { data } = await user.supabase.from("concept_images").select("metadata->>warning")
    .eq("celery_task_id", id);
  return {
    mediaType: response.headers.get("content-type"),
    text: await response.text(),
    warning: data?.[0]?.warning,
  };
}

const HARMFUL = /<script|onload|<foreignObject|elsewhere\.example/;

Deno.test("an SVG with scripts is stored without them, and paid for once", async () => {
  const prompt = `An elephant ${crypto.randomUUID()} sim:scripted`;
  const { mediaType, text } = await draw(await signIn(), {
    prompt,
    model: "recraftv3_vector",
    style: "vector_illustration",
  });
  assert.equal(mediaType, "image/svg+xml");
  assert.doesNotMatch(text, HARMFUL);
  assert.match(text, /<svg .*<title>[0-9a-f]{64}<\/title>.*<path .*<\/svg>$/s);
  assert.equal(await purchasesOf(prompt), 1);
});

Deno.test("one that comes in the place of pixels has a warning", async () => {
  const user = await signIn();
  const { text, warning } = await draw(user, { prompt: "An elephant sim:scripted" });
  assert.doesNotMatch(text, HARMFUL);
  assert.equal(warning, "Pixels were asked for, and the provider has drawn an SVG");
  const pixels = await draw(user, { prompt: "An elephant" });
  assert.deepEqual([pixels.mediaType, pixels.warning], ["image/png", null]);
});

Deno.test("one that cannot be cleaned is kept as a file that no browser runs", async () => {
  const prompt = `An elephant ${crypto.randomUUID()} sim:scripted-cut`;
  const { mediaType, text, warning } = await draw(await signIn(), {
    prompt,
    model: "recraftv3_vector",
  });
  assert.equal(mediaType, "application/octet-stream");
  assert.match(text, HARMFUL);
  assert.match(String(warning), /stored as a file for download only/);
  assert.equal(await purchasesOf(prompt), 1);
});
