import assert from "node:assert/strict";
import { join } from "node:path";
import { retry } from "../../shared/retry.ts";
import { foldersOf } from "../../tools/local/stack/folders.ts";
import { databaseUrl, migrate } from "../../tools/local/stack/database.ts";
import { installTool } from "../../tools/local/stack/tools.ts";
import { type FaultStack, startFaultStack } from "../faults/fault_stack.ts";
import { countMessages } from "../faults/tasks.ts";
import { readMigration } from "../support/migrations.ts";
import { testPorts } from "../support/test_ports.ts";
import { allowClearText } from "./clear_text.ts";
import { tryContractions } from "./contractions.ts";
import { findLastRelease, isTag, withCheckout } from "./last_release.ts";
import { bringIntoStages, goBack, STAGES, workOn, workOnAsOld } from "./phases.ts";
import { Scene } from "./scene.ts";
import { Version } from "./version.ts";

const ONCE = "{succeeded}, bought 1";
/** A lane may repeat a call once that was lost with its worker; Tripo's may not. */
const TWICE = "{ambiguous,succeeded}, bought 2";

const ENDS = {
  "done": `complete ${ONCE}`,
  "refused": "failed content_refused {failed}, bought 0",
  "accepted": `complete ${ONCE}`,
  "accepted with a picture": `complete ${ONCE}`,
  "canceled at its provider": `canceled ${ONCE}`,
  "to be tried again": "complete {failed,succeeded}, bought 1",
  "waits for the old": `complete ${ONCE}`,
  "waits to be canceled": "canceled {}, bought 0",
  "canceled": "canceled {}, bought 0",
  "lost": `complete ${TWICE}`,
  "waits for the new": `complete ${ONCE}`,
  "under way": `complete ${ONCE}`,
  "made by the old, on the new database": `complete ${ONCE}`,
  "left by the old": `complete ${TWICE}`,
  "made by the new": `complete ${ONCE}`,
  "left by the new, looked for": `complete ${ONCE}`,
  "made by the old, come back": `complete ${ONCE}`,
};

/** Found in the provider's list, if the last release leaves a mark there; else nobody knows. */
const LOST = "lost, and nobody knows";
const LOST_ENDS = [`complete ${ONCE}`, "failed outcome_unknown {ambiguous}, bought 1"];

const release = await findLastRelease();
const isInCi = Deno.env.has("CI");
if (!release && !isInCi) {
  // deno-lint-ignore no-console -- a test that is ignored does not say why by itself
  console.warn("tests/upgrade: left out, the history is not at hand: git fetch --unshallow --tags");
}

Deno.test({
  name: "an upgrade from the last release ends every task, and buys nothing that it had not to",
  ignore: !release && !isInCi,
  fn: async (t) => {
    assert.ok(release, "CI has the history: fetch-depth: 0");
    await withCheckout(release, async (checkout) => {
      const port = testPorts.upgrade;
      const stack = await startFaultStack({ port, latencyMs: 0, migrations: checkout });
      try {
        await allowClearText(stack);
        await upgrade(t, stack, checkout);
      } finally {
        await stack.stop();
      }
    });
  },
});

async function upgrade(t: Deno.TestContext, stack: FaultStack, checkout: string): Promise<void> {
  const scene = await Scene.create(stack);
  const port = stack.ports.worker + 1;
  const versions: Version[] = [];
  const start = async (options: { port: number; checkout?: string }): Promise<Version> => {
    const version = await Version.start(stack, scene.token, options);
    versions.push(version);
    return version;
  };
  // What follows on a step that has failed only hides why.
  const step = async (name: string, work: () => Promise<void>): Promise<void> => {
    if (!await t.step(name, work)) throw new Error(`The upgrade ends here: ${name}`);
  };
  try {
    const old = await start({ port, checkout });
    await step("the last release has a task in every state", async () => {
      await bringIntoStages(scene, old);
      assert.deepEqual(await scene.readStages(), STAGES);
    });
    await step("the new migrations apply to it", async () => {
      await checkHistory(stack, checkout);
      await applyMigrations(stack);
      await scene.waitFor({ "under way": "claimed" });
    });
    await step("the old functions work on", () => workOnAsOld(scene, old));
    await step("the new functions take over, and give back what they began", async () => {
      const next = await start({ port: port + 3 });
      await stack.sql`select private.end_pause()`;
      await workOn(scene, next, "the new");
      await goBack(scene, old, next);
    });
    await step("every task has ended as it must", () => checkEnds(scene));
    await tryContractions(step, stack, { port: port + 6, checkout });
  } finally {
    await Promise.all(versions.map((version) => version.stop()));
  }
}

async function checkEnds(scene: Scene): Promise<void> {
  const { sql } = scene.stack;
  const { [LOST]: lost = "", ...others } = await scene.readEnds();
  assert.deepEqual(others, ENDS);
  assert.ok(LOST_ENDS.includes(lost), lost);
  assert.equal(await countMessages(sql), 0);
  const wrong = await sql<{ kind: string }[]>`
    select kind from private.inconsistencies where count > 0 and kind <> 'dead letters'
  `;
  assert.deepEqual(wrong.map(({ kind }) => kind), []);
}

/** What the last release works on has its migrations, and what was tagged with it is the same ever since. */
async function checkHistory({ sql }: FaultStack, checkout: string): Promise<void> {
  const folder = join(checkout, "supabase/migrations");
  const released = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  // What only stands for a release may be mended in its place.
  for (const name of isTag(release ?? "") ? released : []) {
    assert.equal(await readMigration(name), await Deno.readTextFile(join(folder, name)), name);
  }
  const applied = await sql<{ version: string }[]>`
    select version from supabase_migrations.schema_migrations order by version
  `;
  assert.deepEqual(
    applied.map(({ version }) => version),
    released.map((name) => name.slice(0, 14)),
  );
}

async function applyMigrations({ ports, secrets }: FaultStack): Promise<void> {
  const supabase = await installTool(foldersOf(ports.gateway).tools, "supabase");
  const url = databaseUrl(ports.database, secrets.databasePassword);
  // A migration that waits too long for a lock gives up, and a deploy is begun again.
  await retry(() => migrate(supabase, url), {
    delays: [500, 500],
    isRetryable: (error) => String(error).includes("lock timeout"),
  });
}
