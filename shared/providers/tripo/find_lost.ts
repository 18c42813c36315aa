import { z } from "zod";
import type { LookContext, Running } from "../adapter.ts";
import type { Api } from "../transport/api.ts";
import { FIRST_POLL_SECONDS } from "./client.ts";
import { hasMark, readMark } from "./mark.ts";
import { MAX_TASKS, readEntries } from "./read_task.ts";

// https://developers.tripo3d.ai/en/docs/account and task-batch-query

const TIMEOUT_SECONDS = 20;

/** As many as can be asked for in one request, though a page may have more. */
const PAGE_ROWS = MAX_TASKS;

/** An account makes about 200 tasks a minute at most. */
const MAX_PAGES = 10;

/** By how much the clocks of the service and the database may differ. */
const CLOCK_SECONDS = 300;

const row = z.object({
  task_id: z.string().min(1),
  created_at: z.coerce.date().optional().catch(undefined),
});
const rows = z.object({ data: z.array(row) });

const repeated = z.object({ input: z.unknown() });
const withModel = z.object({ model: z.string() });

function inputOf(entry: unknown): unknown {
  return repeated.safeParse(entry).data?.input;
}

/** The account's task with the mark, newest first; undefined if none is listed. */
export async function findLost(
  api: Api,
  written: string,
  { signal, sentSecondsAgo }: LookContext,
): Promise<Running | undefined> {
  const mark = readMark(written);
  const since = new Date(Date.now() - (sentSecondsAgo + CLOCK_SECONDS) * 1_000);
  for (let page = 0; page < MAX_PAGES; page++) {
    const { ids, isLast } = await readPage(api, page, since, signal);
    if (ids.length > 0) {
      const entries = await readEntries(api, ids, signal);
      const id = ids.find((id) => hasMark(inputOf(entries[id]), mark));
      if (id !== undefined) return adopted(id, inputOf(entries[id]));
    }
    if (isLast) return undefined;
  }
  return undefined;
}

/** Ids of the tasks that are not older, and whether all that follow are. */
async function readPage(
  api: Api,
  page: number,
  since: Date,
  signal: AbortSignal,
): Promise<{ readonly ids: readonly string[]; readonly isLast: boolean }> {
  const { body: { data } } = await api.json({
    path: `/account/usage?limit=${PAGE_ROWS}&offset=${page * PAGE_ROWS}`,
    method: "GET",
    billable: false,
    timeoutSeconds: TIMEOUT_SECONDS,
    signal,
  }, rows);
  const recent = data.filter(({ created_at }) => created_at === undefined || created_at >= since);
  return {
    ids: [...new Set(recent.map(({ task_id }) => task_id))],
    isLast: data.length < PAGE_ROWS || recent.length < data.length,
  };
}

/** As the answer would have been, apart from the id of its request. */
function adopted(id: string, input: unknown): Running {
  return {
    state: "running",
    handle: id,
    pollAfterSeconds: FIRST_POLL_SECONDS,
    call: { providerTaskId: id, model: withModel.safeParse(input).data?.model },
  };
}
