import assert from "node:assert/strict";
import { ApiError } from "../../../shared/contract/errors.ts";
import { availabilityBody } from "../../../shared/contract/responses.ts";
import { providerIds, providers } from "../../../shared/providers/catalog.ts";
import { fakeSql } from "../../../testing/fake_sql.ts";
import { type AvailabilityOptions, createAvailability } from "./availability.ts";
import { KEY, setup } from "./testing.ts";

const PAIRS = providerIds.reduce((sum, id) => sum + providers[id].operations.length, 0);
const PATH = "/generation/availability";

function availabilityOf(changes: Partial<AvailabilityOptions> = {}, row: unknown = {}) {
  const questions: (readonly unknown[])[] = [];
  const sql = fakeSql((values) => {
    questions.push(values);
    const rows = [values[1]].flat().map(() => ({
      availability: "open",
      startSeconds: 0,
      ...Object(row),
    }));
    return Promise.resolve(rows);
  });
  const availability = createAvailability(sql, {
    modelOf: () => undefined,
    isAvailable: () => true,
    isolateSeconds: 400,
    ...changes,
  });
  return { availability, questions };
}

Deno.test("each operation of each provider is told as the database has it", async () => {
  const { availability, questions } = availabilityOf({}, { availability: "busy", startSeconds: 7 });
  const entries = await availability.read(KEY);
  assert.equal(entries.length, PAIRS);
  for (const entry of entries) {
    assert.deepEqual([entry.availability, entry.expected_start_seconds], ["busy", 7]);
  }
  const [[key, ids, pools, runs, estimates] = []] = questions;
  assert.equal(key, KEY);
  for (const list of [ids, pools, runs, estimates]) assert.equal([list].flat().length, PAIRS);
  const place = entries.findIndex(({ operation, provider }) =>
    operation === "refine-model" && provider === "tripo"
  );
  assert.equal([pools].flat()[place], "texture", "the pool that the operation belongs to");
  assert.ok(Number([estimates].flat()[place]) > 0, "what it may cost");
});

Deno.test("what is not set up, or takes longer than functions live, is closed", async () => {
  const noFlux = availabilityOf({ isAvailable: (provider) => provider !== "flux" });
  const closed = (await noFlux.availability.read(KEY)).filter((one) =>
    one.availability === "closed"
  );
  assert.deepEqual(closed, [
    { operation: "image-to-image", provider: "flux", availability: "closed" },
  ]);
  const short = availabilityOf({ isolateSeconds: 20 });
  assert.ok((await short.availability.read(KEY)).some((one) => one.availability === "closed"));
});

Deno.test("who asks within five seconds gets the same answer, by API key", async () => {
  let now = 0;
  const { availability, questions } = availabilityOf({ now: () => now });
  await availability.read(KEY);
  now = 4_999;
  await availability.read(KEY);
  assert.equal(questions.length, 1);
  await availability.read("another");
  now = 5_000;
  await availability.read(KEY);
  assert.equal(questions.length, 3);
});

Deno.test("nobody knows when what has no end ends", async () => {
  const { availability } = availabilityOf({}, { availability: "closed", startSeconds: null });
  for (const entry of await availability.read(KEY)) {
    assert.deepEqual(Object.keys(entry), ["operation", "provider", "availability"]);
  }
});

Deno.test("an app is told of what its key may ask for, and no stranger of anything", async () => {
  const readAvailability = availabilityOf().availability.read;
  const all = await setup({ readAvailability }).request(PATH);
  assert.equal(all.status, 200);
  assert.equal(availabilityBody.strict().parse(await all.json()).operations.length, PAIRS);

  const allowedOperations = ["text-to-image"];
  const some = await setup({ readAvailability, allowedOperations }).request(PATH);
  const { operations } = availabilityBody.parse(await some.json());
  assert.deepEqual(operations.map(({ provider }) => provider), ["openai", "stability", "recraft"]);

  const authenticate = (): Promise<never> =>
    Promise.reject(new ApiError("unauthorized", "Missing or invalid token"));
  assert.equal((await setup({ authenticate }).request(PATH)).status, 401);
  assert.equal((await setup().request(PATH, { method: "POST" })).status, 405);
});
