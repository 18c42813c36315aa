import assert from "node:assert/strict";
import { fakeSql } from "../../../testing/fake_sql.ts";
import { readPrometheusText } from "../../../testing/prometheus_text.ts";
import { createMetrics } from "./metrics.ts";

const depth = {
  metric: "makeit3d_queue_messages",
  labels: { lane: "flux", queue: "ready" },
  value: 3,
};

Deno.test("what the database counts is told under its name, and every name has its help", async () => {
  const metrics = createMetrics(fakeSql(() => Promise.resolve([depth])));
  const families = readPrometheusText(await metrics.read());
  assert.ok(families.size > 10);
  for (const [name, { help, type }] of families) {
    assert.match(name, /^makeit3d_[a-z0-9_]+$/);
    assert.equal(type, "gauge");
    assert.ok(help.length > 10, name);
  }
  const { labels, value } = depth;
  assert.deepEqual(families.get(depth.metric)?.samples, [{ labels, value }]);
});

Deno.test("what only a newer database counts is left out", async () => {
  const newer = { ...depth, metric: "makeit3d_of_tomorrow" };
  const metrics = createMetrics(fakeSql(() => Promise.resolve([depth, newer])));
  assert.ok(!(await metrics.read()).includes("tomorrow"));
});

Deno.test("many who ask at once are one query, and who asks later is another, also after a failure", async () => {
  let asked = 0;
  const metrics = createMetrics(fakeSql(() => {
    asked++;
    return asked === 2 ? Promise.reject(new Error("away")) : Promise.resolve([depth]);
  }));
  await Promise.all([metrics.read(), metrics.read(), metrics.read()]);
  assert.equal(asked, 1);
  await Promise.all([
    assert.rejects(metrics.read(), /away/),
    assert.rejects(metrics.read(), /away/),
  ]);
  assert.equal(asked, 2);
  await metrics.read();
  assert.equal(asked, 3);
});

Deno.test("each number has its row in docs/operations.md", async () => {
  const page = await Deno.readTextFile(
    new URL("../../../docs/operations.md", import.meta.url),
  );
  const rows = [...page.matchAll(/^\| `(makeit3d_\w+)`/gm)].map(([, name]) => name);
  const metrics = createMetrics(fakeSql(() => Promise.resolve([])));
  assert.deepEqual(rows, [...readPrometheusText(await metrics.read()).keys()]);
});
