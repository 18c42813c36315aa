import assert from "node:assert/strict";
import { join } from "node:path";
import postgres from "postgres";
import { foldersOf, repository } from "../../tools/local/stack/folders.ts";
import { portsFrom } from "../../tools/local/stack/settings.ts";
import { SimulatorControl } from "../faults/simulator_control.ts";
import { nightOf } from "../support/operations_page.ts";
import { type OwnStack, withOwnStack } from "../support/own_stack.ts";
import { testPorts } from "../support/test_ports.ts";
import { waitUntil } from "../support/wait_until.ts";

const PORT = testPorts.threeInTheMorning;
const ports = portsFrom(PORT);
const folder = foldersOf(PORT).stack;
/** A command takes seconds on a machine that is busy. */
const PATIENCE_SECONDS = 120;
const simulators = new SimulatorControl(ports.simulators);

/** Runs one of the page's commands as the operator does, with words of tonight in it. */
async function type(line: string, words: Readonly<Record<string, string>> = {}): Promise<string> {
  const changed = Object.entries(words)
    .reduce((text, [word, value]) => text.replaceAll(word, value), line);
  const { stdout, stderr } = await new Deno.Command("sh", {
    args: ["-c", `${changed.replace(/^deno /, `${Deno.execPath()} `)} --port ${PORT}`],
    cwd: repository,
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return decoder.decode(stdout) + decoder.decode(stderr);
}

/** Asks for an image as a user; returns its id, or the status of a refusal. */
async function ask({ signIn }: OwnStack, user: 0 | 1, prompt: string): Promise<string | number> {
  const { call } = await signIn(user);
  const body = { provider: "openai", task_id: crypto.randomUUID(), prompt };
  const response = await call("POST", "generation/text-to-image", body);
  const answer = await response.json();
  return response.ok ? String(answer.celery_task_id) : response.status;
}

async function waitForState({ sql }: OwnStack, id: string | number, state: string): Promise<void> {
  await waitUntil(`${id} is ${state}`, async () => {
    const [task] = await sql<{ status: string }[]>`
      select status from public.tasks where id::text = ${String(id)}
    `;
    return task?.status === state;
  }, PATIENCE_SECONDS);
}

async function fillDisk(file: string): Promise<void> {
  const { success } = await new Deno.Command("dd", {
    args: ["if=/dev/zero", `of=${file}`, "bs=4k", "oflag=append", "conv=notrunc"],
    stderr: "null",
  }).output();
  assert.equal(success, false, "the disk is full");
}

/** All that goes wrong is over when a user gets an image again. */
async function expectService(stack: OwnStack): Promise<void> {
  let id: string | number = 0;
  await waitUntil("a submit is accepted", async () => {
    id = await ask(stack, 0, "All is well");
    return typeof id === "string";
  }, PATIENCE_SECONDS);
  await waitForState(stack, id, "complete");
  await waitUntil(
    "no alert",
    async () => (await type("deno task status")).includes("\nNo alerts\n"),
    PATIENCE_SECONDS,
  );
}

async function healthOf(stack: OwnStack): Promise<{ status: number; text: string }> {
  const response = await fetch(`${stack.projectUrl}/functions/v1/generation/health`, {
    headers: { apikey: stack.workerSecret },
  });
  return { status: response.status, text: await response.text() };
}

async function errorsForTenMinutes(stack: OwnStack): Promise<void> {
  const [look = "", end = "", ...more] = nightOf("A provider answers errors for ten minutes");
  assert.deepEqual(more, []);
  await simulators.order({ provider: "openai", kind: "server_error", times: 1000 });
  const ids = await Promise.all(
    ([0, 1, 0, 1, 0, 1] as const).map((user) => ask(stack, user, "A cat")),
  );
  await waitUntil("a lane that rests", async () => {
    // Minutes pass: who waits for a pause or another attempt need not wait here.
    await stack.sql`
      update private.failing_users set paused_until = now() where paused_until > now()
    `;
    await stack.sql`update pgmq.q_openai set vt = now() where vt > now() + interval '1 second'`;
    const [lane] = await stack.sql<{ rests: boolean }[]>`
      select paused_until > now() and consecutive_failures >= 5 as rests
      from private.lanes where provider = 'openai'
    `;
    return lane?.rests ?? false;
  }, PATIENCE_SECONDS);
  const cause = await type(look);
  assert.match(cause, /\n1 alert: lane_paused openai\n/);
  assert.match(cause, /\n {4}provider_unavailable: 500 The server had an error/);
  assert.match(
    cause.replaceAll(/\s+/g, " "),
    /It starts nothing for another \d+ s, then one task at a time; failures in a row: /,
  );

  await simulators.clear();
  const waiting = await ask(stack, 0, "It waits");
  assert.match(await type(end), /openai is open/);
  await waitForState(stack, waiting, "complete");
  await waitUntil("all tasks of the night have ended", async () => {
    await stack.sql`update pgmq.q_openai set vt = now() where vt > now() + interval '1 second'`;
    const open = await stack.sql`select from public.tasks where finished_at is null`;
    return open.length === 0;
  }, PATIENCE_SECONDS);
  assert.equal(ids.filter((id) => typeof id === "number").length, 0, "nobody was refused");
}

async function wrongKey(stack: OwnStack): Promise<void> {
  const [look = "", end = "", ...more] = nightOf("A wrong key");
  assert.deepEqual(more, []);
  await waitForState(stack, await ask(stack, 0, "sim:401"), "failed");
  const waiting = await ask(stack, 0, "It waits");
  const cause = await type(look);
  assert.match(cause, /\n1 alert: provider_auth openai\n/);
  assert.match(cause, /\nopenai .* open, but for one user: another \d+ s\n/);
  assert.match(cause, /\n {4}provider_auth: 401 Incorrect API key provided: \[secret\]/);
  assert.match(cause, /Set a valid key of the provider/);

  assert.match(await type(end), /openai is open/);
  await waitForState(stack, waiting, "complete");
}

async function fullDisk(stack: OwnStack): Promise<void> {
  const [look = "", ...more] = nightOf("A full disk");
  assert.deepEqual(more, []);
  const filler = join(folder, "filler");
  let cause = "";
  await waitUntil("nothing more can be written", async () => {
    // A checkpoint may have given something back.
    await fillDisk(filler);
    cause = await type(look);
    return cause.includes("The disk is full: nothing more can be written. Free some space");
  }, PATIENCE_SECONDS);
  assert.match(cause, /\n1 alert: disk_full disk\n/);
  await waitUntil("health tells it", async () => {
    const { status, text } = await healthOf(stack);
    return status === 503 && /takes no writes; its disk may be full/.test(text);
  }, PATIENCE_SECONDS);
  await Deno.remove(filler);
  await expectService(stack);
}

async function noConnections(stack: OwnStack): Promise<void> {
  const [look = "", who = "", end = "", ...more] = nightOf("No connections left");
  assert.deepEqual(more, []);
  await stack.sql.unsafe("create role leaky login password 'leaky'");
  const leak = await takeAllConnections();
  // What the stack's services give back meanwhile would be taken, too.
  await stack.sql.unsafe("alter role postgres connection limit 0");
  try {
    const cause = await type(look);
    assert.match(cause, /^All connections are in use but those of the superuser/m);
    assert.match(cause, /\n1 alert: connections_used database\n/);
    assert.match(cause, /\d+ of 197 connections are in use\. Look who holds them/);
    assert.match(await type(who), /\nleaky +leaky +idle +1\d\d\n/);
    assert.match(await type(end), /\n +1\d\d\n\(1 row\)/);
    await stack.sql.unsafe("alter role postgres connection limit -1");
    await expectService(stack);
  } finally {
    await Promise.all(leak.map((sql) => sql.end({ timeout: 0 })));
  }
}

/** As a program that opens connections and never closes one. */
async function takeAllConnections(): Promise<readonly postgres.Sql[]> {
  const url = `postgres://leaky:leaky@127.0.0.1:${ports.database}/postgres`;
  const leak: postgres.Sql[] = [];
  for (;;) {
    const sql = postgres(url, { max: 1, connection: { application_name: "leaky" } });
    try {
      await sql`select`;
      leak.push(sql);
    } catch {
      await sql.end({ timeout: 0 });
      return leak;
    }
  }
}

/** A disk of its own for the stack's data, so small that it can be filled. */
async function withSmallDisk(work: (isSmall: boolean) => Promise<void>): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const mount = new Deno.Command("mount", {
    args: ["-t", "tmpfs", "-o", "size=400m,mode=755", "tmpfs", folder],
    stderr: "null",
  });
  const { success } = await mount.output();
  try {
    await work(success);
  } finally {
    if (success) await new Deno.Command("umount", { args: [folder] }).output();
  }
}

Deno.test("at three in the morning the page's commands find the cause, and end it", async (t) => {
  await withSmallDisk(async (isSmall) => {
    await withOwnStack(PORT, {}, async (stack) => {
      await t.step("nothing is wrong", () => expectService(stack));
      await t.step("a provider answers errors", () => errorsForTenMinutes(stack));
      await t.step("a wrong key", () => wrongKey(stack));
      await t.step("the answer to a user's question", async () => {
        const id = await ask(stack, 0, "sim:moderated-input");
        await waitForState(stack, id, "failed");
        assert.match(await type(`deno task show ${id}`), /content_refused/);
      });
      await t.step("no connections left", () => noConnections(stack));
      await t.step({
        name: "a full disk",
        // Only root may mount one that is small.
        ignore: !isSmall,
        fn: () => fullDisk(stack),
      });
    });
  });
});
