import type { CallsBody } from "./bodies.ts";
import { readLedgerCalls } from "./ledger_calls.ts";
import { matchCalls } from "./match_calls.ts";
import type { BilledCall, SimulatorsControl } from "./simulators_control.ts";

const MOST_CALLS = 200;

/** What the simulated services have billed, newest first, each with the task that made it. */
export async function readCalls(
  simulators: SimulatorsControl,
  databaseUrl: string,
): Promise<CallsBody> {
  const all = await simulators.readCalls();
  const calls = all.slice(-MOST_CALLS).map((call) => ({ ...call, ...knownBy(call) }));
  const [oldest] = calls;
  const ledger = oldest ? await readLedgerCalls(databaseUrl, oldest.at) : [];
  const entries = matchCalls(calls, ledger);
  return {
    total: all.length,
    calls: calls.map(({ id, provider, operation, model, at, prompt }, index) => {
      const entry = entries[index];
      return {
        id,
        provider,
        operation,
        model,
        at: at.toISOString(),
        billable: true as const,
        prompt,
        task_id: entry?.taskId ?? null,
        outcome: entry ? entry.outcome ?? "under way" as const : null,
        error_code: entry?.errorCode ?? null,
      };
    }).reverse(),
  };
}

/** What a call is found by in the ledger. */
function knownBy(
  { accepted_at, request_id, request }: BilledCall,
): { readonly at: Date; readonly requestId: string; readonly prompt: string | null } {
  const { prompt } = request;
  return {
    at: new Date(accepted_at),
    requestId: request_id,
    prompt: typeof prompt === "string" ? prompt : null,
  };
}
