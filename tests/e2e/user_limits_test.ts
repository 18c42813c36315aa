import assert from "node:assert/strict";
import { errorBody } from "../../shared/contract/responses.ts";
import { newTaskId } from "../support/client.ts";
import { newUser } from "../support/new_user.ts";
import { type OwnFunctions, withOwnFunctions } from "../support/own_functions.ts";
import { withDatabase } from "../support/stack.ts";
import { testPorts } from "../support/test_ports.ts";

interface Answer {
  readonly status: number;
  readonly message: string;
  readonly retryAfter: string | null;
}

async function answerOf(request: Promise<Response>): Promise<Answer> {
  const response = await request;
  const { message } = errorBody.parse(await response.json());
  return { status: response.status, message, retryAfter: response.headers.get("retry-after") };
}

const statusesOf = (answers: readonly Answer[]): readonly number[] =>
  answers.map(({ status }) => status).sort();

function assertTold(answer: Answer | undefined, words: RegExp): void {
  assert.match(answer?.message ?? "", words);
  assert.match(answer?.retryAfter ?? "", /^[1-9]\d*$/);
}

/** A minute has so few that hardly one comes back while a test runs. */
async function withFew(
  overrides: Record<string, string>,
  test: (functions: OwnFunctions) => Promise<void>,
): Promise<void> {
  await withOwnFunctions({ port: testPorts.userLimits, overrides }, test);
}

Deno.test("an isolate answers a user so many requests a minute, and others as ever", async () => {
  const [ann, bob] = [await newUser(), await newUser()];
  await withFew({ USER_REQUESTS_PER_MINUTE: "4" }, async ({ status, cancel }) => {
    const id = crypto.randomUUID();
    const answers = await Promise.all(
      Array.from(
        { length: 8 },
        (_, place) => answerOf(place % 2 ? status(ann, id) : cancel(ann, id)),
      ),
    );
    assert.deepEqual(statusesOf(answers), [404, 404, 404, 404, 429, 429, 429, 429]);
    assertTold(
      answers.find((answer) => answer.status === 429),
      /^Limit of 4 requests a minute for each user reached; try again in \d+ s$/,
    );
    assert.equal((await answerOf(status(bob, id))).status, 404);
  });
});

Deno.test("a user whose submits are refused again and again is not looked at for a while", async () => {
  const ann = await newUser();
  await withDatabase((sql) => sql`select private.block_user(${ann.id}::uuid, 'Spam')`);
  await withFew({ USER_REFUSALS_PER_MINUTE: "2" }, async ({ submit }) => {
    const answers: Answer[] = [];
    for (let time = 0; time < 4; time++) answers.push(await answerOf(submit(ann, newTaskId())));
    assert.deepEqual(statusesOf(answers), [403, 403, 429, 429]);
    assertTold(answers.at(-1), /^Limit of 2 refused submits a minute for each user reached; try/);
  });
});
