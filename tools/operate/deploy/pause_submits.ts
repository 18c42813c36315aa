import { taskCommand } from "../../command_line.ts";

/** Runs one statement on the project's database, and returns its rows. */
export type Query = (sql: string) => Promise<readonly unknown[]>;

/** A database that knows no pause is older than it, or empty. */
const IS_THERE = "select true as is_there where to_regclass('private.submit_pause') is not null";

/** A pause of the operator's own stays as it is, and goes on afterwards. */
const PAUSE = `
  update private.submit_pause
  set paused_since = now(), message = 'An update is under way', retry_after_seconds = 60
  where paused_since is null
  returning paused_since
`;

const RESUME = `
  update private.submit_pause
  set paused_since = null, message = default, retry_after_seconds = default
  where only_row
  returning only_row
`;

/**
 * Does the work while new requests are refused, so that none waits behind the locks of a migration until
 * its app gives up. Throws what the work throws, with a word on whether requests are accepted again.
 */
export async function whileSubmitsPaused(query: Query, work: () => Promise<void>): Promise<void> {
  const isOurs = (await query(IS_THERE)).length > 0 && (await query(PAUSE)).length > 0;
  const failure = await failureOf(work);
  const stuck = isOurs ? await failureOf(() => query(RESUME)) : undefined;
  if (stuck !== undefined) {
    throw new Error(
      `${failure === undefined ? "" : `${failure}\n`}New requests are still refused: ${stuck}\n` +
        `Let them in: ${taskCommand("submits")} resume`,
    );
  }
  if (failure === undefined) return;
  throw new Error(isOurs ? `${failure}\nNew requests are accepted again` : failure);
}

async function failureOf(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
