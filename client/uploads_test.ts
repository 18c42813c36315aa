import assert from "node:assert/strict";
import { fakeBackend, inTurn, noNetwork, refusal } from "./testing.ts";

const stored = (): Response => Response.json({ Key: "inputs/user-1/file" });
const dryRun = (): Response => Response.json({ dry_run: true, warnings: [] });

const bytes = (length: number): Blob => new Blob([new Uint8Array(length).fill(1)]);

Deno.test("files of a request are uploaded once each, and told as one", async () => {
  const { client, asked } = fakeBackend(({ path }) =>
    path.startsWith("/storage/") ? stored() : dryRun()
  );
  const told: number[][] = [];
  const known = { url: "https://ref.supabase.co/storage/v1/object/authenticated/inputs/user-1/a" };
  const request = { provider: "tripo", images: [bytes(100), null, known, bytes(50)] } as const;
  await client.estimate("image-to-model", request, { onUpload: (...sums) => told.push(sums) });
  const uploads = asked.filter(({ path }) => path.startsWith("/storage/"));
  assert.equal(uploads.length, 2);
  // Without XMLHttpRequest a file is sent at once.
  assert.deepEqual(told, [[0, 150], [told[1]?.[0], 150], [150, 150]]);
  assert.ok([50, 100].includes(told[1]?.[0] ?? 0));
  const addresses = asked.at(-1)?.body?.["input_image_asset_urls"];
  const [front, missing, other, back] = addresses as readonly (string | null)[];
  assert.deepEqual([missing, other], [null, known.url]);
  const sent = uploads.map(({ path }) => path.split("/inputs/")[1]);
  assert.deepEqual([front, back].map((url) => url?.split("/inputs/")[1]).sort(), sent.sort());
});

Deno.test("a mask and its image go each into its field", async () => {
  const { client, asked } = fakeBackend(({ path }) =>
    path.startsWith("/storage/") ? stored() : dryRun()
  );
  const request = { provider: "recraft", prompt: "x", mask: bytes(1), image: bytes(2) } as const;
  await client.estimate("image-inpaint", request);
  const { input_image_asset_url: image, input_mask_asset_url: mask, ...rest } =
    asked.at(-1)?.body ?? {};
  const uploads = asked.filter(({ path }) => path.startsWith("/storage/"));
  assert.equal(new Set(uploads.map(({ path }) => path)).size, 2);
  for (const url of [image, mask]) {
    assert.ok(uploads.some(({ path }) => String(url).endsWith(path.split("/inputs/")[1] ?? "?")));
  }
  assert.deepEqual(Object.keys(rest).sort(), ["prompt", "provider", "task_id"]);
});

Deno.test("a file that is sent again is told from its start, under the same name", async () => {
  const soon = (): Response => refusal("rate_limited", 429, { "retry-after": "1" });
  const { client, asked } = fakeBackend(inTurn(noNetwork, soon, stored));
  const told: number[] = [];
  const { url } = await client.upload(bytes(100), { onUpload: (sent) => told.push(sent) });
  assert.equal(new Set(asked.map(({ path }) => path)).size, 1);
  assert.equal(asked.length, 3);
  assert.ok(url.endsWith(asked[0]?.path.split("/inputs/")[1] ?? "?"));
  assert.deepEqual(told, [0, 100]);
});

Deno.test("what is in Storage already is not uploaded, nor told", async () => {
  const { client, asked } = fakeBackend(stored);
  const told: unknown[] = [];
  const url = "https://ref.supabase.co/storage/v1/object/authenticated/inputs/user-1/a";
  assert.deepEqual(await client.upload({ url }, { onUpload: () => told.push(1) }), { url });
  assert.deepEqual([asked, told], [[], []]);
});
