import type postgres from "postgres";

interface QueuedRequest {
  readonly id: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly timeout_milliseconds: number;
}

interface HttpResponse {
  readonly status_code: number | null;
  readonly content: string | null;
  readonly timed_out: boolean;
  readonly error_msg: string | null;
}

/** Seconds are waited for as so many milliseconds: nobody in the test is slower for a reason. */
const MILLISECONDS_OF_A_SECOND = 20;

/** Creates what pg_net has in a database. */
export async function installPgNet(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(await Deno.readTextFile(new URL("pg_net.sql", import.meta.url))).simple();
}

/**
 * Does what pg_net's worker does about every second: takes up to 200 requests, sends them together,
 * waits for the slowest, and notes the answers, all in one transaction. No request is sent twice.
 */
export async function sendQueued(sql: postgres.Sql): Promise<number> {
  return await sql.begin(async (transaction) => {
    const requests = await transaction<QueuedRequest[]>`
      delete from net.http_request_queue
      where id in (select id from net.http_request_queue order by id limit 200)
      returning id, url, headers, convert_from(body, 'UTF8') as body, timeout_milliseconds
    `;
    const responses = await Promise.all(
      requests.map(async (request) => ({ id: request.id, ...await post(request) })),
    );
    for (const response of responses) {
      await transaction`insert into net._http_response ${transaction(response)}`;
    }
    return requests.length;
  });
}

async function post(request: QueuedRequest): Promise<HttpResponse> {
  const { url, headers, body, timeout_milliseconds: milliseconds } = request;
  const timeout = AbortSignal.timeout(milliseconds / 1000 * MILLISECONDS_OF_A_SECOND);
  try {
    const response = await fetch(url, { method: "POST", headers, body, signal: timeout });
    const content = await response.text();
    return { status_code: response.status, content, timed_out: false, error_msg: null };
  } catch {
    const error_msg = timeout.aborted
      ? `Timeout of ${milliseconds} ms reached`
      : "Couldn't connect to server";
    return { status_code: null, content: null, timed_out: timeout.aborted, error_msg };
  }
}
