import type postgres from "postgres";
import { type Client, openClient } from "./database_client.ts";
import { DatabaseTimeout, isConnectionLost } from "./database_failure.ts";

/**
 * Single statements only: what belongs together is one SQL function, one round trip. The client cannot
 * begin a transaction safely with its options (https://github.com/porsager/postgres/issues/1210).
 */
export interface Database extends Pick<postgres.Sql, "json"> {
  /**
   * Sends a statement. Rejects with a `DatabaseTimeout` when its answer takes too long, and may be
   * done nevertheless.
   */
  <Rows extends readonly (object | undefined)[] = postgres.Row[]>(
    statement: TemplateStringsArray,
    ...values: readonly postgres.ParameterOrFragment<never>[]
  ): Promise<Rows>;
}

/** The database of an isolate. */
export interface IsolateDatabase extends Database {
  /** Ends all connections at once. */
  close(): Promise<void>;
}

export interface DatabaseUrl {
  readonly url: string;
  /** Whether it is that of a pooler in transaction mode, which keeps no prepared statements. */
  readonly isPooled: boolean;
  /** Root certificate of the database, as PEM. Without it those of the platform are known. */
  readonly ca?: string;
}

export interface DatabaseOptions {
  /** How long the answer to a statement may take, from the call on. Default: 15. */
  readonly limitSeconds?: number;
  /** How many connections there may be. Default: 4. */
  readonly connections?: number;
  /** Told when the server's certificate cannot be checked and clear text is used instead. */
  readonly onClearText?: (reason: string) => void;
}

/** The limit for those behind whose statements somebody waits. */
export const API_LIMIT_SECONDS = 8;

interface AskedClient extends Client {
  /** Those that are waited for. */
  readonly answers: Set<Promise<unknown>>;
}

/**
 * The database of an isolate: few connections, given back when idle.
 *
 * A network may swallow what a connection sends, and no end of it is ever seen. So each statement has
 * a limit. At its end the statement is canceled, where that can be reached, and all connections are
 * left for new ones; statements under way on the old ones, or waiting for one of them, have the rest of
 * their own limits to end in. So there are never more than twice as many connections.
 *
 * A statement that was given up may still be done, so each must bear to be sent again: `submit_task`
 * knows a request by its `task_id`, what writes to a claimed task carries the number of its lease, and
 * claims that nobody has heard of are claimed again when their leases have run out.
 */
export function connect(
  url: DatabaseUrl,
  functionName: string,
  { limitSeconds = 15, connections = 4, ...more }: DatabaseOptions = {},
): IsolateDatabase {
  const open = (): AskedClient => ({
    ...openClient(url, functionName, { connections, ...more }),
    answers: new Set(),
  });
  let client = open();
  const left = new Set<Client>();

  async function leave(slow: AskedClient): Promise<void> {
    // Several statements may find out one after the other.
    if (slow !== client) return;
    client = open();
    left.add(slow);
    const leftAt = performance.now();
    // What waits for a connection is lost when the client ends.
    await Promise.allSettled(slow.answers);
    await slow.close(Math.max(0, limitSeconds - (performance.now() - leftAt) / 1000));
    left.delete(slow);
  }

  async function close(): Promise<void> {
    await Promise.all([client, ...left].map((open) => open.close(0)));
  }

  async function run<Rows extends readonly (object | undefined)[]>(
    statement: TemplateStringsArray,
    ...values: readonly postgres.ParameterOrFragment<never>[]
  ): Promise<Rows> {
    const asked = client;
    const query = asked.sql<Rows>(statement, ...values);
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      late.reject(new DatabaseTimeout(`No answer to a statement within ${limitSeconds} s`));
      cancel(query);
      leave(asked);
    }, limitSeconds * 1000);
    const answer = Promise.race([query, late.promise]);
    asked.answers.add(answer);
    try {
      return await answer;
    } catch (error) {
      // A connection of postgres.js 3.4.9 that ends between a statement and its sending may send nothing
      // more, however often it connects: `closed` in its connection.js clears the timer of the next
      // write, and goes on taking it for set. A new client has new connections.
      if (isConnectionLost(error)) leave(asked);
      throw error;
    } finally {
      asked.answers.delete(answer);
      clearTimeout(timer);
    }
  }

  return Object.assign(run, { json: client.sql.json, close });
}

function cancel(query: Pick<postgres.PendingQuery<never>, "cancel">): void {
  // A promise, against its type; it rejects if the database cannot be reached.
  const canceled: unknown = query.cancel();
  Promise.resolve(canceled).catch(() => {});
}
