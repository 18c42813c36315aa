import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { assetUrl } from "../../shared/storage/asset_url.ts";
import { drawImage } from "../../simulators/images.ts";
import { headersOf, newTaskId, post } from "../support/client.ts";
import { withContentLimits, withLimits } from "../support/limits.ts";
import { clientOf, type NewUser, newUser } from "../support/new_user.ts";
import { stack, withDatabase } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";

const HOSTILE_PER_SECOND = 50;
/** Each round is quiet for so many submits, then under attack for as many. */
const SUBMITS = 60;
const ROUNDS = 3;
/** Of what a deployed project has: `private.limits` before the seed lifts it. */
const LIMITS = { user_submits_per_minute: 30, user_active_tasks: 20 };
const CONTENT_LIMITS = { slow_after: 5, block_after: 15 };
/** Between two submits of honest users. */
const PAUSE_MILLISECONDS = 60;

async function ask(user: NewUser, operation: string, fields: object): Promise<Response> {
  return await post(operation, { task_id: newTaskId(), ...fields }, headersOf(user.token));
}

async function idOf(response: Response): Promise<string | undefined> {
  const body = await response.json();
  return response.status === 202 ? body.celery_task_id : undefined;
}

/** What one user sends against the others, in turns. */
async function attacks(): Promise<(() => Promise<unknown>)[]> {
  const [flooder, failing, refused, canceling, replacing] = await Promise.all(
    Array.from({ length: 5 }, () => newUser()),
  ) as [NewUser, NewUser, NewUser, NewUser, NewUser];
  const image = await drawImage({ width: 300, height: 300, seed: "x", index: 0, format: "png" });
  const other = await drawImage({ width: 900, height: 900, seed: "y", index: 0, format: "png" });
  const text = async (user: NewUser, prompt: string): Promise<string | undefined> =>
    await idOf(await ask(user, "text-to-image", { provider: "openai", prompt }));
  const files = clientOf(replacing).storage.from("inputs");
  return [
    () => text(flooder, "More and more"),
    () => text(failing, "sim:500"),
    () => text(flooder, "sim:slow"),
    () => text(refused, "sim:moderated-input"),
    async () => {
      const id = await text(canceling, "Never mind");
      if (id === undefined) return;
      const headers = headersOf(canceling.token);
      const url = `${stack.functionsUrl}/tasks/${id}`;
      await (await fetch(url, { method: "DELETE", headers })).body?.cancel();
    },
    () => text(flooder, ""),
    async () => {
      const path = `${replacing.id}/${crypto.randomUUID()}.png`;
      await files.upload(path, image, { contentType: "image/png" });
      const url = assetUrl(stack.projectUrl, { bucket: "inputs", path }, "authenticated");
      const fields = { provider: "stability", input_image_asset_url: url };
      await (await ask(replacing, "remove-background", fields)).body?.cancel();
      await files.upload(path, other, { contentType: "image/png", upsert: true });
    },
  ];
}

/** Attacks at a fixed pace, whether or not the last one has been answered. */
async function whileAttacked<T>(work: () => Promise<T>): Promise<T> {
  const all = await attacks();
  const begun: Promise<unknown>[] = [];
  const end = new AbortController();
  async function attack(): Promise<void> {
    for (let number = 0; !end.signal.aborted; number++) {
      const next = all[number % all.length];
      if (next) begun.push(next().catch(() => {}));
      await setTimeout(1000 / HOSTILE_PER_SECOND);
    }
  }
  const attacking = attack();
  try {
    return await work();
  } finally {
    end.abort();
    await attacking;
    await Promise.all(begun);
  }
}

interface Measured {
  /** Of each submit. */
  readonly milliseconds: readonly number[];
  /** From the submit to the start of each task. */
  readonly waits: readonly number[];
  readonly states: readonly string[];
}

/** Submits of honest users, each of another one than the last. */
async function measure(users: readonly NewUser[]): Promise<Measured> {
  const milliseconds: number[] = [];
  const ids: string[] = [];
  for (let number = 0; number < SUBMITS; number++) {
    const user = users[number % users.length] ?? await newUser();
    const start = performance.now();
    const id = await idOf(
      await ask(user, "text-to-image", { provider: "openai", prompt: "A red cube" }),
    );
    milliseconds.push(performance.now() - start);
    assert.ok(id, "an honest request was refused");
    ids.push(id);
    await setTimeout(PAUSE_MILLISECONDS);
  }
  const rows = await withDatabase((sql) =>
    waitUntil("the end of the honest tasks", async () => {
      const ended = await sql<{ status: string; wait: number }[]>`
        select status, extract(epoch from started_at - created_at)::float8 as wait
        from public.tasks where id = any (${ids}) and finished_at is not null
      `;
      return ended.length === ids.length && ended;
    }, 120)
  );
  return {
    milliseconds,
    waits: rows.map(({ wait }) => wait),
    states: rows.map(({ status }) => status),
  };
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

Deno.test("honest users hardly notice fifty hostile requests a second", async (t) => {
  const users = await Promise.all(Array.from({ length: 30 }, () => newUser()));
  const quiet: Measured[] = [];
  const attacked: Measured[] = [];
  await withLimits(LIMITS, () =>
    withContentLimits(CONTENT_LIMITS, async () => {
      await measure(users); // warms up
      for (let round = 0; round < ROUNDS; round++) {
        quiet.push(await measure(users));
        attacked.push(await whileAttacked(() => measure(users)));
      }
    }));

  const p95 = (rounds: readonly Measured[]): number =>
    percentile(rounds.flatMap(({ milliseconds }) => milliseconds), 0.95);
  const longest = (rounds: readonly Measured[]): number =>
    Math.max(...rounds.flatMap(({ waits }) => waits));
  await t.step("no honest task fails", () => {
    const states = [...quiet, ...attacked].flatMap(({ states }) => states);
    assert.deepEqual(new Set(states), new Set(["complete"]));
  });
  const ratio = p95(attacked) / p95(quiet);
  const times = `${p95(quiet).toFixed(1)} and ${p95(attacked).toFixed(1)} ms`;
  await t.step(`a submit takes ${ratio.toFixed(2)} times as long, p95: ${times}`, () => {
    assert.ok(ratio <= 1.2);
  });
  const [before, meanwhile] = [longest(quiet), longest(attacked)];
  const waits = `${before.toFixed(2)} and ${meanwhile.toFixed(2)} s`;
  await t.step(`a task starts at most one call later: longest waits ${waits}`, () => {
    // The simulated OpenAI takes a second; a worker looks for work once a second.
    assert.ok(meanwhile <= before + 2);
  });
});
