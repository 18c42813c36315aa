import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createClient } from "@supabase/supabase-js";
import { acceptedBody, type StatusBody, statusBody } from "../../../shared/contract/responses.ts";
import { fullText } from "../../../shared/reference/plain_text.ts";
import { foldersOf, repository } from "../../../tools/local/stack/folders.ts";
import { type FunctionName, settingsOf } from "../../../tools/local/stack/function_settings.ts";
import { hostedDeno } from "../../../tools/local/stack/isolates/deno_version.ts";
import { createFunctionProgram } from "../../../tools/local/stack/isolates/function_program.ts";
import { IsolatePool } from "../../../tools/local/stack/isolates/isolate_pool.ts";
import { plans } from "../../../tools/local/stack/isolates/rules.ts";
import { simulatedProviders } from "../../../tools/local/stack/providers.ts";
import { SEED } from "../../../tools/local/stack/settings.ts";
import { installTool } from "../../../tools/local/stack/tools.ts";
import { bundleFunctions, bundleOf } from "../../../tools/operate/deploy/bundles.ts";
import { type FaultStack, startFaultStack } from "../../faults/fault_stack.ts";
import { readFacts } from "../../faults/tasks.ts";
import { testPorts } from "../../support/test_ports.ts";
import { waitUntil } from "../../support/wait_until.ts";

const PORTS: Readonly<Record<FunctionName, number>> = {
  generation: testPorts.bundles + 11,
  "tasks-status": testPorts.bundles + 12,
  worker: testPorts.bundles + 13,
  account: testPorts.bundles + 14,
  operator: testPorts.bundles + 15,
};

/** What the platform's Deno makes of the files that a deploy uploads, beside a stack that does nothing. */
async function withBundles(work: (stack: FaultStack) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const program = await installTool(foldersOf(testPorts.bundles).tools, "hostedDeno");
  await bundleFunctions(folder);
  const stack = await startFaultStack({ port: testPorts.bundles, latencyMs: 0 });
  const pools: IsolatePool[] = [];
  try {
    for (const name of ["generation", "tasks-status", "worker", "account", "operator"] as const) {
      const pool = await poolOf(name, stack, folder, program);
      await pool.start();
      pools.push(pool);
    }
    await work(stack);
  } finally {
    await Promise.all(pools.map((pool) => pool.stop()));
    await stack.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

async function poolOf(
  name: FunctionName,
  { ports, secrets, folder: stackFolder }: FaultStack,
  folder: string,
  program: string,
): Promise<IsolatePool> {
  const overrides = {
    ISOLATE_SECONDS: "400",
    ...simulatedProviders({}, `http://127.0.0.1:${ports.simulators}`),
  };
  const { names, env, hosts } = settingsOf(name, { ports, secrets, overrides });
  const entry = join(folder, `run-${name}.ts`);
  const runtime = join(repository, "tools/local/stack/isolates/edge_runtime.ts");
  await Deno.writeTextFile(
    entry,
    [runtime, bundleOf(folder, name)].map((file) =>
      `import ${JSON.stringify(pathToFileURL(file).href)};\n`
    ).join(""),
  );
  const logFolder = `${stackFolder}/logs/bundles`;
  await Deno.mkdir(logFolder, { recursive: true });
  return new IsolatePool({
    name,
    port: PORTS[name],
    program: createFunctionProgram({
      ...{ name, settings: names, env, hosts, entry },
      deno: hostedDeno(program),
    }),
    rules: plans.paid,
    host: { logFolder, onSpawn: () => {} },
  });
}

/** The platform's Deno packs answers, and the pool in between does not pass that on. */
const PLAIN = { "Accept-Encoding": "identity" };

async function headersFor(
  { projectUrl, secrets }: FaultStack,
  credentials: { readonly email: string; readonly password: string } = SEED.users[0],
): Promise<Record<string, string>> {
  const supabase = createClient(projectUrl, secrets.publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const { data, error } = await supabase.auth.signInWithPassword(credentials);
  if (error) throw error;
  return {
    "X-API-Key": SEED.apiKey,
    Authorization: `Bearer ${data.session.access_token}`,
    "Content-Type": "application/json",
    ...PLAIN,
  };
}

const requests = [
  ["text-to-image", { provider: "openai", prompt: "A red cube" }],
  ["text-to-image", { provider: "stability", prompt: "A red cube" }],
  ["text-to-image", { provider: "recraft", prompt: "A cube", model: "recraftv3_vector" }],
  ["text-to-model", { provider: "tripo", prompt: "A red cube" }],
] as const;

Deno.test("what a deploy uploads does the work on the platform's Deno", async (t) => {
  await withBundles(async (stack) => {
    const headers = await headersFor(stack);
    const read = async (id: string): Promise<StatusBody> => {
      const url = `http://127.0.0.1:${PORTS["tasks-status"]}/tasks/${id}/status`;
      const response = await fetch(url, { headers });
      return statusBody.parse(await response.json());
    };
    const wake = async (): Promise<number> => {
      const apikey = stack.secrets.workerSecret;
      const url = `http://127.0.0.1:${PORTS.worker}/worker`;
      const { status, body } = await fetch(url, { method: "POST", headers: { apikey } });
      await body?.cancel();
      return status;
    };

    await t.step("health", async () => {
      const url = `http://127.0.0.1:${PORTS.generation}/generation/health`;
      const response = await fetch(url, { headers: PLAIN });
      assert.deepEqual([response.status, await response.json()], [200, { status: "ok" }]);
    });
    await t.step("texts for language models, of which no file is uploaded", async () => {
      const url = `http://127.0.0.1:${PORTS.generation}/generation/llms-full.txt`;
      const response = await fetch(url, { headers: PLAIN });
      assert.equal(response.status, 200);
      assert.equal(await response.text(), fullText(`${stack.projectUrl}/functions/v1`));
    });
    await t.step("an operator sees and does, and nobody else", async () => {
      const url = `http://127.0.0.1:${PORTS.operator}/operator`;
      const body = JSON.stringify({ action: "pause_lane", provider: "flux" });
      const operator = await headersFor(stack, SEED.operator);
      for (const [who, status] of [[headers, 403], [operator, 200]] as const) {
        const done = await fetch(url, { method: "POST", headers: who, body });
        assert.equal(done.status, status, await done.text());
        const seen = await fetch(url, { headers: who });
        assert.equal(seen.status, status, await seen.text());
      }
      const paused = await stack.sql`
        select provider from private.lanes where paused_until = 'infinity'
      `;
      assert.deepEqual([...paused], [{ provider: "flux" }]);
      const logged = await stack.sql`
        select operator_email as who, action from private.operator_actions
      `;
      assert.deepEqual([...logged], [{ who: SEED.operator.email, action: "pause_lane" }]);
    });
    for (const [operation, fields] of requests) {
      await t.step(`${operation} by ${fields.provider}`, async () => {
        const url = `http://127.0.0.1:${PORTS.generation}/generation/${operation}`;
        const body = JSON.stringify({ task_id: crypto.randomUUID(), ...fields });
        const response = await fetch(url, { method: "POST", headers, body });
        assert.equal(response.status, 202, await response.clone().text());
        const { celery_task_id: id } = acceptedBody.parse(await response.json());
        const status = await waitUntil(
          `the end of ${id}`,
          async () => {
            // As the schedule does, also for polls.
            assert.equal(await wake(), 202);
            const now = await read(id);
            return now.finished_at !== undefined && now;
          },
          60,
          500,
        );
        assert.equal(status.status, "complete", JSON.stringify(status));
        const { calls, files } = await readFacts(stack.sql, id);
        assert.deepEqual([calls, files.length], [["succeeded"], 1]);
      });
    }
  });
});
