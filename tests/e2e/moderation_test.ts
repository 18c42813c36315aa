import assert from "node:assert/strict";
import { errorBody } from "../../shared/contract/responses.ts";
import { followToEnd, headersOf, newTaskId, post, signIn } from "../support/client.ts";
import { uploadPicture } from "../support/inputs.ts";
import { withContentLimits } from "../support/limits.ts";
import { newUser } from "../support/new_user.ts";
import { type OwnFunctions, withOwnFunctions } from "../support/own_functions.ts";
import { purchasesOf, withFaults } from "../support/simulator.ts";
import { stack, withDatabase } from "../support/stack.ts";
import { testPorts } from "../support/test_ports.ts";

/** The API with the check on. */
async function withModeration(
  test: (functions: OwnFunctions) => Promise<void>,
  overrides: Readonly<Record<string, string>> = {},
): Promise<void> {
  const settings = {
    OPENAI_API_KEY: "sk-simulated",
    OPENAI_BASE_URL: `${stack.simulatorUrl}/openai/v1`,
    MODERATION: "openai",
    ...overrides,
  };
  await withOwnFunctions({ port: testPorts.moderation, overrides: settings }, test);
}

interface Answer {
  readonly status: number;
  readonly error?: string;
  readonly fields?: readonly string[];
  readonly retryAfter: string | null;
}

async function answerOf(asked: Promise<Response>): Promise<Answer> {
  const response = await asked;
  const retryAfter = response.headers.get("retry-after");
  const body = await response.json();
  if (response.ok) return { status: response.status, retryAfter };
  const { error, details = [] } = errorBody.parse(body);
  return { status: response.status, error, fields: details.map(({ field }) => field), retryAfter };
}

const flagged = (...fields: readonly string[]): Answer => ({
  status: 400,
  error: "content_refused",
  fields,
  retryAfter: null,
});

async function countOf(userId: string): Promise<unknown> {
  const [row] = await withDatabase((sql) =>
    sql`
      select
        (select count(*)::integer from public.tasks where user_id = ${userId}) as tasks,
        (select count(*)::integer from private.content_refusals where user_id = ${userId})
          as refusals,
        private.is_blocked(${userId}) as blocked
    `
  );
  return { ...row };
}

Deno.test("what is flagged is refused before anything is queued or bought, and counts", async () => {
  const user = await newUser();
  const prompt = `sim:flagged ${crypto.randomUUID()}`;
  const body = { task_id: newTaskId(), provider: "openai", prompt };
  await withModeration(async ({ post: ask }) => {
    for (let times = 0; times < 2; times++) {
      assert.deepEqual(await answerOf(ask(user.token, "text-to-image", body)), flagged("prompt"));
    }
    await withContentLimits({ slow_after: 2 }, async () => {
      const good = { ...body, prompt: "A cube" };
      const waiting = await answerOf(ask(user.token, "text-to-image", good));
      assert.deepEqual([waiting.status, waiting.error], [429, "rate_limited"]);
      assert.match(waiting.retryAfter ?? "", /^(59|60)$/);
      // A user who has to wait asks the service nothing.
      const bad = await answerOf(ask(user.token, "text-to-image", body));
      assert.equal(bad.status, 429);
    });
    await withContentLimits({ block_after: 3 }, async () => {
      assert.deepEqual(await answerOf(ask(user.token, "text-to-image", body)), flagged("prompt"));
    });
  });
  assert.deepEqual(await countOf(user.id), { tasks: 0, refusals: 3, blocked: true });
  assert.equal(await purchasesOf(prompt), 0);
});

Deno.test("good requests go on, and images are looked at as well", async () => {
  const user = await signIn();
  const good = await uploadPicture(user, `${crypto.randomUUID()}.png`);
  const bad = await uploadPicture(user, `sim-flagged ${crypto.randomUUID()}.png`);
  const body = { provider: "openai", prompt: "A cube", input_image_asset_url: good };
  await withModeration(async ({ post: ask }) => {
    const response = await ask(user.token, "image-to-image", { ...body, task_id: newTaskId() });
    assert.equal(response.status, 202, await response.clone().text());
    const { celery_task_id: id } = await response.json();
    assert.equal((await followToEnd(user, id)).status, "complete");
    const refused = { ...body, task_id: newTaskId(), input_image_asset_url: encodeURI(bad) };
    assert.deepEqual(
      await answerOf(ask(user.token, "image-to-image", refused)),
      flagged("input_image_asset_url"),
    );
  });
});

Deno.test("what was accepted before stays accepted, and costs no question", async () => {
  const user = await newUser();
  const body = { task_id: newTaskId(), provider: "openai", prompt: "sim:flagged, unseen" };
  const first = await post("text-to-image", body, headersOf(user.token));
  assert.equal(first.status, 202, "The stack's own function does not check");
  await withModeration(async ({ post: ask }) => {
    const again = await ask(user.token, "text-to-image", body);
    assert.equal(again.status, 202);
    assert.equal(again.headers.get("idempotency-replayed"), "true");
    assert.equal((await again.json()).celery_task_id, (await first.json()).celery_task_id);
  });
  assert.deepEqual(await countOf(user.id), { tasks: 1, refusals: 0, blocked: false });
});

Deno.test("while the service is away nothing is accepted, unless the operator wants it", async () => {
  const user = await newUser();
  const body = { provider: "openai", prompt: "A cube" };
  const away = { kind: "server_error", operation: "moderation", times: 1 } as const;
  const request = (): unknown => ({ ...body, task_id: newTaskId() });
  await withModeration(async ({ post: ask }) => {
    await withFaults([away], async () => {
      const answer = await answerOf(ask(user.token, "text-to-image", request()));
      assert.deepEqual([answer.status, answer.error], [503, "unavailable"]);
      assert.match(answer.retryAfter ?? "", /^[1-9]\d?$/);
    });
    assert.equal((await answerOf(ask(user.token, "text-to-image", request()))).status, 202);
  });
  await withModeration(async ({ post: ask }) => {
    await withFaults([away], async () => {
      assert.equal((await answerOf(ask(user.token, "text-to-image", request()))).status, 202);
    });
  }, { MODERATION_REQUIRED: "false" });
  assert.deepEqual(await countOf(user.id), { tasks: 2, refusals: 0, blocked: false });
});
