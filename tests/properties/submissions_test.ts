import fc from "fast-check";
import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import postgres from "postgres";
import { withProject } from "./database.ts";
import { cancel, claim, type Request, type Submission, submit } from "./operations.ts";
import { settle, type Settlement } from "./settle.ts";
import { user } from "./user_commands.ts";
import { PLACES } from "./vocabulary.ts";

const json = fc.jsonValue({ maxDepth: 2, stringUnit: "grapheme-ascii" })
  .map((value): postgres.JSONValue => JSON.parse(JSON.stringify(value)));
/** Few values of each key, so that they are often the same. */
const parameters = fc.record({
  prompt: fc.constantFrom("cat", "dog"),
  n: fc.constantFrom(1, 1.5, "1", null, [1]),
  other: fc.oneof(fc.constant({ a: 1, b: [true] }), json),
}, { requiredKeys: [] });

const request: fc.Arbitrary<Request> = fc.tuple(
  fc.constantFrom(...PLACES),
  fc.record({
    userId: user.map(({ id }) => id),
    clientTaskId: fc.constant("a"),
    operation: fc.constantFrom("text-to-image", "text-to-model"),
    parameters,
    results: fc.constant(1),
    seconds: fc.constant(600),
    // How many wait decides nothing here.
    isLimited: fc.constant(false),
  }),
).map(([{ lane, pool }, rest]) => ({ ...rest, provider: lane, pool }));
/** What becomes of the accepted task before the next request. */
const end = fc.constantFrom("nothing", "nothing", "claimed", "complete", "failed", "canceled");

interface Live extends Request {
  readonly id: string;
  readonly status: string;
}

function keyOf({ userId, operation, clientTaskId }: Request): string {
  return `${userId} ${operation} ${clientTaskId}`;
}

function checkAnswer(request: Request, answer: Submission, live: Live | undefined): void {
  if (!live) {
    assert.deepEqual({ ...answer, id: "" }, {
      id: "",
      status: "pending",
      replayed: false,
      conflicts: [],
      exceeded: null,
      retryAfter: null,
    });
    return;
  }
  const then = fieldsOf(live);
  const now = fieldsOf(request);
  const conflicts = [...new Set([...Object.keys(then), ...Object.keys(now)])]
    .filter((key) => !isDeepStrictEqual(then[key], now[key]))
    .sort();
  const { id, status } = live;
  const replay = { id, status, replayed: true, conflicts, exceeded: null, retryAfter: null };
  assert.deepEqual({ ...answer }, replay);
}

function fieldsOf({ parameters, provider }: Request): Record<string, postgres.JSONValue> {
  return { ...parameters, provider };
}

const refused: Settlement = {
  kind: "failure",
  code: "content_refused",
  isRetryable: false,
  isFinal: true,
  isAmbiguous: false,
  isOwnCut: false,
  scope: "lane",
  delay: 0,
  retryAfter: null,
};

/** Brings the task to that end; returns its status. */
async function reach(
  sql: postgres.Sql,
  request: Request,
  id: string,
  end: string,
): Promise<string> {
  if (end === "nothing") return "pending";
  if (end === "canceled") return (await cancel(sql, request.userId, id))?.status ?? "";
  for (const given of await claim(sql, 100)) {
    if (given.id !== id) continue;
    const { lease } = given;
    if (end === "complete") await settle(sql, { id, lease }, { kind: "complete", urls: ["url"] });
    if (end === "failed") {
      await settle(sql, { id, lease }, refused);
    }
  }
  const [row] = await sql<{ status: string }[]>`select status from public.tasks where id = ${id}`;
  return row?.status ?? "";
}

async function submitAll(
  sql: postgres.Sql,
  requests: readonly (readonly [Request, string])[],
): Promise<void> {
  const lives = new Map<string, Live>();
  for (const [request, end] of requests) {
    const key = keyOf(request);
    const answer = await submit(sql, request);
    checkAnswer(request, answer, lives.get(key));
    if (answer.replayed || answer.id === null) continue;
    const status = await reach(sql, request, answer.id, end);
    lives.set(key, { ...request, id: answer.id, status });
    await follow(sql, lives);
  }
}

/** Looks how they stand now: a claim takes others along, and an end may free the name. */
async function follow(sql: postgres.Sql, lives: Map<string, Live>): Promise<void> {
  const rows = await sql<{ id: string; status: string }[]>`select id, status from public.tasks`;
  for (const [key, live] of lives) {
    const status = rows.find(({ id }) => id === live.id)?.status ?? "";
    if (status === "failed" || status === "canceled") lives.delete(key);
    else lives.set(key, { ...live, status });
  }
}

Deno.test("a request under a known name is a replay, a conflict, or new after a failure", async (t) => {
  await withProject(async (url) => {
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    await t.step("one after the other", async () => {
      const property = fc.asyncProperty(
        fc.array(fc.tuple(request, end), { minLength: 1, maxLength: 40, size: "max" }),
        async (requests) => {
          await sql`begin`;
          try {
            await sql`update private.lanes set max_in_flight = 100`;
            await sql`update private.pools set max_in_flight = 100`;
            await submitAll(sql, requests);
          } finally {
            await sql`rollback`;
          }
        },
      );
      await fc.assert(property, { numRuns: 40, unbiased: true });
    });
    await sql.end();

    await t.step("at the same time", async () => {
      const many = postgres(url, { max: 8, onnotice: () => {} });
      const property = fc.asyncProperty(
        fc.array(request, { minLength: 2, maxLength: 8 }),
        async (requests) => {
          const clientTaskId = crypto.randomUUID();
          const { userId, operation } = requests[0] ?? { userId: "", operation: "" };
          const answers = await Promise.all(
            requests.map((one) => submit(many, { ...one, userId, operation, clientTaskId })),
          );
          assert.equal(new Set(answers.map(({ id }) => id)).size, 1, "one task");
          assert.equal(answers.filter(({ replayed }) => !replayed).length, 1, "accepted once");
        },
      );
      await fc.assert(property, { numRuns: 40 }).finally(() => many.end());
    });
  });
});
