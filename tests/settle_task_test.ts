import assert from "node:assert/strict";
import postgres from "postgres";
import type { Failure, TaskErrorCode } from "../shared/tasks/task.ts";
import { settled } from "../testing/settled.ts";
import { aFailure, errorCodes } from "../testing/steps.ts";
import { stack } from "./support/stack.ts";

const booleans = [false, true];
const codes: readonly TaskErrorCode[] = [...errorCodes, "internal"];

function* failures(): Generator<Failure> {
  for (const errorCode of codes) {
    for (const isRetryable of booleans) {
      for (const isFinal of booleans) {
        for (const isAmbiguous of booleans) {
          for (const isBilled of booleans) {
            yield aFailure({ errorCode, isRetryable, isFinal, isAmbiguous, isBilled });
          }
        }
      }
    }
  }
}

/** What the database decides for a task with this handle that has failed so often before. */
async function decide(
  sql: postgres.Sql,
  handle: string | null,
  failedAttempts: number,
  { errorCode, detail, isRetryable, isFinal, isAmbiguous, isBilled }: Failure,
): Promise<{ readonly state: string; readonly call?: string }> {
  const failure = sql.json({
    error_code: errorCode,
    detail,
    is_retryable: isRetryable,
    is_final: isFinal,
    is_ambiguous: isAmbiguous,
    is_billed: isBilled,
  });
  const task = sql.json({ handle, failed_attempts: failedAttempts, deadline_at: "infinity" });
  const [row] = await sql<{ state: string; call: string }[]>`
    select next.state, private.outcome_of_failed_call(${handle !== null}, ${failure}) as call
    from private.next_state(
      jsonb_populate_record(null::public.tasks, ${task}), true, ${failure}
    ) as next
  `;
  assert.ok(row);
  return row.state === "polling" ? { state: row.state } : { ...row };
}

Deno.test("tables of failures say what the database makes of them", async (t) => {
  const sql = postgres(stack.adminUrl, { max: 4, onnotice: () => {} });
  try {
    for (const handle of [null, "job-1"]) {
      await t.step(handle === null ? "of a submit" : "of a poll", async () => {
        let count = 0;
        for (const failedAttempts of [0, 2, 3, 40]) {
          for (const failure of failures()) {
            assert.deepEqual(
              await decide(sql, handle, failedAttempts, failure),
              settled({ handle, failedAttempts }, failure),
              JSON.stringify({ handle, failedAttempts, failure }),
            );
            count++;
          }
        }
        assert.equal(count, 4 * 16 * codes.length);
      });
    }
  } finally {
    await sql.end();
  }
});
