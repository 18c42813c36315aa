import assert from "node:assert/strict";
import { stack } from "../support/stack.ts";
import type { HostileCase, Theme } from "./hostile_case.ts";
import { prepareScene } from "./scene.ts";
import { sendCase } from "./send_case.ts";
import { assetUrls } from "./themes/asset_urls.ts";
import { dryRuns } from "./themes/dry_runs.ts";
import { headers } from "./themes/headers.ts";
import { largeBodies } from "./themes/large_bodies.ts";
import { malformedBodies } from "./themes/malformed_bodies.ts";
import { operators } from "./themes/operators.ts";
import { otherUsersIds } from "./themes/other_users_ids.ts";
import { paths } from "./themes/paths.ts";
import { plans } from "./themes/plans.ts";
import { reports } from "./themes/reports.ts";
import { tokens } from "./themes/tokens.ts";
import { unicode } from "./themes/unicode.ts";
import { workerEndpoint } from "./themes/worker_endpoint.ts";
import { wrongValues } from "./themes/wrong_values.ts";
import { readTraces, waitForIdleWorkers } from "./traces.ts";

const themes: Readonly<Record<string, Theme>> = {
  "malformed bodies": malformedBodies,
  "large bodies": largeBodies,
  "wrong values": wrongValues,
  "unicode": unicode,
  "paths": paths,
  "tokens": tokens,
  "headers": headers,
  "foreign ids": otherUsersIds,
  "reports": reports,
  "dry runs": dryRuns,
  "plans": plans,
  "operators": operators,
  "asset URLs": assetUrls,
  "the worker's endpoint": workerEndpoint,
};

async function isHealthy(): Promise<boolean> {
  const { ok, body } = await fetch(`${stack.functionsUrl}/generation/health`);
  await body?.cancel();
  return ok;
}

Deno.test("hostile requests are refused, leave nothing behind and break nothing", async (t) => {
  const scene = await prepareScene();
  await waitForIdleWorkers();
  const before = await readTraces();

  for (const [theme, casesOf] of Object.entries(themes)) {
    const cases: readonly HostileCase[] = await casesOf(scene);
    await t.step(`${theme} (${cases.length})`, async (t) => {
      for (const hostile of cases) await t.step(hostile.name, () => sendCase(hostile));
      assert.ok(await isHealthy());
    });
  }

  await t.step("nothing is left behind", async () => {
    assert.deepEqual(await readTraces(), before);
  });
});
