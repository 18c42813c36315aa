import assert from "node:assert/strict";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { readSettings } from "../../shared/config.ts";
import { providerIds, providers } from "../../shared/providers/catalog.ts";
import { simulatedBaseUrl } from "../../simulators/base_url.ts";
import { settings as account } from "../../supabase/functions/account/settings.ts";
import { settings as generation } from "../../supabase/functions/generation/settings.ts";
import { settings as operator } from "../../supabase/functions/operator/settings.ts";
import { settings as tasksStatus } from "../../supabase/functions/tasks-status/settings.ts";
import { settings as worker } from "../../supabase/functions/worker/settings.ts";
import { repository } from "../../tools/local/stack/folders.ts";

const page = await Deno.readTextFile(join(repository, "docs/functions-serve.md"));
const [, lines = ""] = /```dotenv\n([\s\S]*?)```/.exec(page) ?? [];
const env: Readonly<Record<string, string | undefined>> = parseEnv(lines);
const functions = { account, generation, operator, "tasks-status": tasksStatus, worker };

/** What the runtime gives by itself (https://supabase.com/docs/guides/functions/secrets). */
const given: Readonly<Record<string, string>> = {
  SUPABASE_URL: "http://kong:8000",
  SUPABASE_DB_URL: "postgresql://postgres:postgres@db:5432/postgres",
  SUPABASE_SECRET_KEYS: '{"default":"sb_secret_of_the_page"}',
};

Deno.test("the env file of docs/functions-serve.md sets what functions read, and nothing that the CLI skips", () => {
  const known = new Set(Object.values(functions).flatMap(({ shape }) => Object.keys(shape)));
  const set = Object.keys(env);
  assert.ok(set.length > 2 * providerIds.length);
  assert.deepEqual(set.filter((name) => !known.has(name) || name.startsWith("SUPABASE_")), []);
});

Deno.test("each function starts with that file", async (t) => {
  for (const [name, settings] of Object.entries(functions)) {
    await t.step(name, () => {
      readSettings(settings, (setting) => env[setting] ?? given[setting]);
    });
  }
});

Deno.test("that file leads to the simulated services that the page starts", () => {
  const [, port] = /SIMULATOR_PORT=(\d+)/.exec(page) ?? [];
  for (const id of providerIds) {
    const { apiKeySetting, baseUrlSetting, baseUrl } = providers[id];
    assert.ok(env[apiKeySetting], apiKeySetting);
    const simulators = `http://host.docker.internal:${port}`;
    assert.equal(env[baseUrlSetting], simulatedBaseUrl(id, baseUrl, simulators));
  }
});

Deno.test("the schedule of the page has the worker's secret", () => {
  assert.ok(page.includes(`'${env["WORKER_SECRET"]}'\n);`));
});
