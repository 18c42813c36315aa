import type postgres from "postgres";

/** As many tasks under way as a worker takes at once. */
const MAX_IN_FLIGHT = 20;

/** Nothing refuses a submit for what waits before it. */
const ROOM_FOR_ALL = 1_000_000_000;

/** Nothing of OpenAI's lane is started until it is opened; as many as one likes may wait. */
export async function closeLane(sql: postgres.Sql): Promise<void> {
  await sql`
    update private.lanes
    set paused_until = 'infinity', results_per_minute = null, max_in_flight = ${ROOM_FOR_ALL}
    where provider = 'openai'
  `;
  await sql`update private.pools set max_in_flight = ${ROOM_FOR_ALL} where provider = 'openai'`;
}

/** Lets the worker do what it can. */
export async function openLane(sql: postgres.Sql | postgres.TransactionSql): Promise<void> {
  await sql`
    update private.lanes
    set paused_until = null, results_per_minute = null, max_in_flight = ${MAX_IN_FLIGHT}
    where provider = 'openai'
  `;
}

/** Until the end of the transaction no worker looks for work. In the order in which it locks them. */
export async function lockLanes(sql: postgres.TransactionSql): Promise<void> {
  await sql`select from private.lanes order by provider for no key update`;
}

/** No task, no result, no message: as a new database. */
export async function dropTasks(sql: postgres.Sql): Promise<void> {
  await sql.begin(async (transaction) => {
    await lockLanes(transaction);
    await transaction`truncate public.tasks, private.provider_calls cascade`;
    await transaction`truncate pgmq.q_openai, pgmq.a_openai`;
  });
}

/** Accepts so many tasks at once, past HTTP, of these users in turns. */
export async function addTasks(
  sql: postgres.Sql,
  userIds: readonly string[],
  count: number,
): Promise<void> {
  await sql`
    select private.submit_task(
      (${[...userIds]}::uuid[])[1 + number % ${userIds.length}::integer],
      'bench-' || number, 'text-to-image', 'openai',
      '{"n": 1, "size": "1024x1024", "prompt": "A red cube"}', 'image', 1, 600, 'bench'
    )
    from generate_series(1, ${count}::integer) as number
  `;
}
