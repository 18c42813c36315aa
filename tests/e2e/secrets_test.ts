import assert from "node:assert/strict";
import { join } from "node:path";
import type postgres from "postgres";
import { SECRET_SHAPES } from "../../shared/redact.ts";
import { SEED } from "../../tools/local/stack/settings.ts";
import { followToEnd, headersOf, newTaskId, post, signIn, submitTo } from "../support/client.ts";
import { uploadPicture } from "../support/inputs.ts";
import { openLane } from "../support/lanes.ts";
import { withFaults } from "../support/simulator.ts";
import { stack, withDatabase } from "../support/stack.ts";

const user = await signIn();

/** Everything that opens something in this stack. */
const secrets: Readonly<Record<string, string>> = {
  "the password of the database": stack.secrets.databasePassword,
  "the secret of the tokens": stack.secrets.jwtSecret,
  "the secret key": stack.secrets.secretKey,
  "the worker's secret": stack.secrets.workerSecret,
  "the app's key": SEED.apiKey,
  "the user's token": user.token,
  "the key of the AI services": "sk-simulated",
};

/**
 * The local stack's stand-in for Auth and Storage shows its keys when it starts, as `supabase start`
 * does. There is none on the platform.
 */
const BANNER = /^ . Secret key .*$/gm;

function secretsIn(text: string): string[] {
  return Object.entries(secrets).flatMap(([name, value]) => (text.includes(value) ? [name] : []));
}

/** Failures of all kinds, each with a secret at hand. Returns what clients were told. */
async function causeTrouble(): Promise<string[]> {
  const told: string[] = [];
  const input = await uploadPicture(user, "secrets.png");
  const prompts = ["sim:401", "sim:429-quota", "sim:500-once", "nothing wrong"];
  for (const word of prompts) {
    const { celery_task_id: id } = await submitTo(user, "image-to-image", {
      provider: "openai",
      prompt: `${word} ${crypto.randomUUID()}`,
      input_image_asset_url: `${input}?token=${user.token}`,
    });
    told.push(JSON.stringify(await followToEnd(user, id)));
    // A wrong key and an empty account pause a user.
    await openLane("openai");
  }
  await withFaults([{ kind: "disconnect", times: 1 }], async () => {
    const body = { provider: "openai", prompt: `cut ${crypto.randomUUID()}` };
    const { celery_task_id: id } = await submitTo(user, "text-to-image", body);
    told.push(JSON.stringify(await followToEnd(user, id)));
  });
  const wrong: readonly (readonly [unknown, Record<string, string>])[] = [
    [{ task_id: newTaskId() }, headersOf(user.token)],
    [{ task_id: newTaskId(), provider: "openai" }, headersOf("a.b.c")],
    [{}, headersOf(user.token, "m3d_wrong")],
    ["no object", headersOf(user.token)],
  ];
  for (const [body, headers] of wrong) {
    told.push(await (await post("text-to-image", body, headers)).text());
  }
  for (const path of ["tasks/x/status", "worker", `nowhere?token=${user.token}`]) {
    const response = await fetch(`${stack.functionsUrl}/${path}`, {
      headers: headersOf(user.token),
    });
    told.push(await response.text());
  }
  return told;
}

/** All rows of all tables of the project, but for what Auth itself has to keep. */
async function readRows(sql: postgres.Sql): Promise<ReadonlyMap<string, string>> {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name
    from pg_tables
    where schemaname in ('public', 'private', 'pgmq', 'storage')
  `;
  const contents = new Map<string, string>();
  for (const { name } of tables) {
    const [row] = await sql.unsafe<{ content: string | null }[]>(
      `select string_agg(r::text, E'\\n') as content from ${name} as r`,
    );
    contents.set(name, row?.content ?? "");
  }
  return contents;
}

/** What the stack's services have logged, by the names of the files. */
async function readLogs(): Promise<ReadonlyMap<string, string>> {
  const folder = join(stack.folder, "logs");
  const names = Array.from(Deno.readDirSync(folder)).filter(({ isFile }) => isFile)
    .map(({ name }) => name);
  const entries = names.map(async (name) =>
    [name, await Deno.readTextFile(join(folder, name))] as const
  );
  return new Map(await Promise.all(entries));
}

/** They have the beginning of a key, by which it is told from others. */
const WITH_PREFIXES = ["private.api_keys", "private.operator_actions"];

Deno.test("after trouble of all kinds no secret is in an answer, a log, a row or a ledger", async (t) => {
  const before = await readLogs();
  const told = await causeTrouble();

  await t.step("answers", () => {
    assert.ok(told.length > 10);
    for (const text of told) assert.deepEqual(secretsIn(text), [], text);
  });

  await t.step("logs", async () => {
    const logs = await readLogs();
    assert.ok(logs.has("worker.log") && logs.has("generation.log"));
    for (const [name, text] of logs) {
      // Other tests try the seed's SQL, which has the key of the README in it.
      const own = text.slice(before.get(name)?.length ?? 0);
      assert.deepEqual(secretsIn(own.replace(BANNER, "")), [], name);
    }
    assert.match(
      logs.get("worker.log") ?? "",
      /Incorrect API key provided: \[secret\]/,
      "The key was said, and hidden",
    );
  });

  await t.step("rows", async () => {
    const contents = await withDatabase(readRows);
    assert.match(contents.get("public.tasks") ?? "", /Incorrect API key provided: \[secret\]/);
    for (const [name, text] of contents) {
      assert.deepEqual(secretsIn(text), [], name);
      for (const [shape, pattern] of Object.entries(SECRET_SHAPES)) {
        // What a provider gave to ask for work by may be a signed address, and has to be kept.
        if (shape === "a signature in a URL") continue;
        if (WITH_PREFIXES.includes(name)) continue;
        assert.deepEqual(text.match(pattern) ?? [], [], `${name}: ${shape}`);
      }
    }
  });

  await t.step("the simulated services' ledger", async () => {
    const response = await fetch(`${stack.simulatorUrl}/_calls`);
    const ledger = await response.text();
    assert.match(ledger, /nothing wrong/);
    assert.deepEqual(secretsIn(ledger), []);
  });
});
