import assert from "node:assert/strict";
import { inIsoForm, withIsoTimestamps } from "./timestamps.ts";

const cases: readonly (readonly [name: string, written: string, iso: string])[] = [
  ["with a fraction", "2026-11-29 09:15:36.045866+00", "2026-11-29T09:15:36.045866+00:00"],
  ["without one", "2026-11-29 09:15:36+00", "2026-11-29T09:15:36+00:00"],
  ["of another zone", "2026-11-29 09:15:36-03:30", "2026-11-29T09:15:36-03:30"],
  ["in ISO form already", "2026-11-29T09:15:36+00:00", "2026-11-29T09:15:36+00:00"],
  ["within words", "at 2026-11-29 09:15:36+00", "at 2026-11-29 09:15:36+00"],
  ["without a zone", "2026-11-29 09:15:36", "2026-11-29 09:15:36"],
];

for (const [name, written, iso] of cases) {
  Deno.test(`a time ${name}`, () => {
    assert.deepEqual(JSON.parse(inIsoForm(JSON.stringify([{ at: written }]))), [{ at: iso }]);
  });
}

Deno.test("status and headers stay, and what is no JSON or has no body is left alone", async () => {
  const written = '{"at":"2026-11-29 09:15:36+00"}';
  const json = { "content-type": "application/json; charset=utf-8", "content-range": "0-0/1" };
  const answer = await withIsoTimestamps(new Response(written, { status: 206, headers: json }));
  assert.deepEqual([answer.status, answer.headers.get("content-range")], [206, "0-0/1"]);
  assert.deepEqual(await answer.json(), { at: "2026-11-29T09:15:36+00:00" });
  const empty = new Response(null, { status: 204, headers: json });
  assert.equal(await withIsoTimestamps(empty), empty);
  const text = new Response(written, { headers: { "content-type": "text/plain" } });
  assert.equal(await (await withIsoTimestamps(text)).text(), written);
});
