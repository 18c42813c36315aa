import type postgres from "postgres";
import { lockLanes, openLane } from "../lane.ts";
import { median } from "../statistics.ts";

const CLAIMS = 60;
const SWEEPS = 5;

/** Medians in milliseconds of what a worker asks the database when it looks for work. */
export async function timeClaims(
  sql: postgres.Sql,
): Promise<{ readonly look: number; readonly claim: number; readonly sweep: number }> {
  const [look, claim, sweep]: [number[], number[], number[]] = [[], [], []];
  for (let number = 0; number < CLAIMS; number++) {
    look.push(await timeUndone(sql, () => Promise.resolve(), lookForWork));
    claim.push(await timeUndone(sql, openLane, claimTasks));
  }
  for (let number = 0; number < SWEEPS; number++) {
    sweep.push(
      await timeUndone(sql, () => Promise.resolve(), async (transaction) => {
        await transaction`select private.reconcile()`;
      }),
    );
  }
  return { look: median(look), claim: median(claim), sweep: median(sweep) };
}

type Work = (sql: postgres.TransactionSql) => Promise<void>;

async function lookForWork(sql: postgres.TransactionSql): Promise<void> {
  const claims = await sql`select id from private.claim_tasks(20, 20, 13)`;
  if (claims.length > 0) throw new Error("Claimed from a closed lane");
}

async function claimTasks(sql: postgres.TransactionSql): Promise<void> {
  const claims = await sql`select id from private.claim_tasks(20, 20, 13)`;
  if (claims.length === 0) throw new Error("Nothing to claim");
}

class Undone extends Error {}

/** Milliseconds of the work; nothing of it stays. */
async function timeUndone(sql: postgres.Sql, prepare: Work, work: Work): Promise<number> {
  let milliseconds = 0;
  await sql.begin(async (transaction) => {
    // Now, so that the time has no wait for the worker's own look in it.
    await lockLanes(transaction);
    await prepare(transaction);
    const start = performance.now();
    await work(transaction);
    milliseconds = performance.now() - start;
    throw new Undone();
  }).catch((error) => {
    if (!(error instanceof Undone)) throw error;
  });
  return milliseconds;
}
