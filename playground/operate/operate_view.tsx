import { RefusedError } from "@makeit3d/client";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useReachable } from "../connection/use_reachable.ts";
import { ActionsLog } from "./actions_log.tsx";
import { AlertsList } from "./alerts_list.tsx";
import { LanesTable } from "./lanes_table.tsx";
import type { OperatorBody, OperatorRequest } from "./operator_api.ts";
import { QueueFigures } from "./queue_figures.tsx";
import { SpendingSection } from "./spending_section.tsx";
import { SubmitsSwitch } from "./submits_switch.tsx";
import { useOperator } from "./use_operator.ts";
import { UsersSection } from "./users_section.tsx";

/** Does what an operator asks for; a refusal is shown above everything. */
export type Act = (request: OperatorRequest) => Promise<void>;

/** What an operator sees and does: lanes, queue, money, users. */
export function OperateView(): JSX.Element {
  const { body, problem, act } = useOperator();
  const isReachable = useReachable();
  const [refusal, setRefusal] = useState<string>();
  const tryTo: Act = async (request) => {
    setRefusal(undefined);
    try {
      await act(request);
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <div class="operate stack" aria-busy={!body && !problem}>
      <h1>Operate</h1>
      {/* That nothing answers is said above the page. */}
      <p role="alert" class="problem">
        {refusal ?? (isReachable && problem ? wordsOf(problem) : "")}
      </p>
      {!body && !problem && <p class="muted" role="status">Reading what goes on…</p>}
      {body && <Sections body={body} act={tryTo} />}
    </div>
  );
}

function Sections({ body, act }: { readonly body: OperatorBody; readonly act: Act }): JSX.Element {
  return (
    <>
      <AlertsList alerts={body.alerts} />
      <QueueFigures queue={body.queue} />
      <SubmitsSwitch submits={body.submits} act={act} />
      <LanesTable lanes={body.lanes} act={act} />
      <SpendingSection spending={body.spending} act={act} />
      <UsersSection refused={body.refused_users} dearest={body.dearest_users} act={act} />
      <ActionsLog actions={body.recent_actions} />
    </>
  );
}

function wordsOf(problem: Error): string {
  if (problem instanceof RefusedError && problem.status === 403) {
    return "This page is for operators: users whose app_metadata has the role “operator”.";
  }
  return `Cannot read what goes on, trying again: ${problem.message}`;
}
