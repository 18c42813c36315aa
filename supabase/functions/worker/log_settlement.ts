import type { Log } from "../../../shared/log.ts";
import type { Outcome, SettledState } from "../../../shared/tasks/task.ts";

/** Logs the state that was reached, `lost` if the lease was stale and nothing was settled. */
export function logSettlement(log: Log, outcome: Outcome, state: SettledState | null): void {
  const reached = { outcome: outcome.kind, state: state ?? "lost" };
  if (outcome.kind === "release" || outcome.kind === "not_found") {
    return log.info("step ended", reached);
  }
  const { call } = outcome;
  const fields = {
    ...reached,
    model: call.model,
    provider_request_id: call.providerRequestId,
    provider_task_id: call.providerTaskId,
    cost_usd: call.costUsd,
  };
  switch (outcome.kind) {
    case "complete":
      return log.info("step ended", { ...fields, results: outcome.assetUrls.length });
    case "snooze":
      return log.info("step ended", { ...fields, progress: outcome.progress });
    case "failure": {
      const { errorCode, detail, isAmbiguous } = outcome;
      log.warn("step ended", {
        ...fields,
        error_code: errorCode,
        is_ambiguous: isAmbiguous,
        detail,
      });
    }
  }
}
