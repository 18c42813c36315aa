import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useBackend } from "../connection/backend_context.ts";
import { useRepeated } from "../shell/use_repeated.ts";
import { TaskPanel } from "../task/task_panel.tsx";
import { BilledCalls } from "./billed_calls.tsx";
import { control } from "./control_api.ts";
import { ExperimentChooser } from "./experiment_chooser.tsx";
import type { Experiment } from "./experiments.ts";
import { type ExperimentProvider, type Run, startExperiment, strike } from "./run_experiment.ts";
import { Verdict } from "./verdict.tsx";

const MILLISECONDS = 1_000;

/** Breaks the local stack on purpose, with the count of what the providers bill beside it. */
export function BreakItView(): JSX.Element {
  const { client, settings } = useBackend();
  const [run, setRun] = useState<Run>();
  const [problem, setProblem] = useState<string>();
  const calls = useRepeated(control.calls, MILLISECONDS);

  useEffect(() => {
    if (!run) return;
    const end = new AbortController();
    strike(run, end.signal).catch((error) => setProblem(messageOf(error)));
    return () => end.abort();
  }, [run]);

  const start = async (experiment: Experiment, provider: ExperimentProvider): Promise<void> => {
    setProblem(undefined);
    try {
      setRun(await startExperiment(client, experiment, provider));
    } catch (error) {
      setProblem(messageOf(error));
    }
  };

  if (!settings.is_local) return <NotHere />;
  return (
    <div class="break-it stack">
      <h1>Break it</h1>
      <p class="muted">
        Something goes wrong while a task is made. What was accepted is not lost, and nothing is
        bought twice that can be bought once: count for yourself.
      </p>
      <p role="alert" class="problem">{problem}</p>
      <p class="warning">
        {calls.problem && `The stack does not answer for a moment: ${calls.problem.message}`}
      </p>
      <div class="columns">
        <ExperimentChooser onStart={start} />
        <div class="stack">
          {run && (
            <>
              <Verdict run={run} calls={calls.value?.calls ?? []} />
              <TaskPanel
                key={run.generation.id}
                id={run.generation.id}
                generation={run.generation}
              />
            </>
          )}
          <BilledCalls calls={calls.value} />
        </div>
      </div>
    </div>
  );
}

function NotHere(): JSX.Element {
  return (
    <>
      <h1>Break it</h1>
      <p>Only the local stack lets itself be broken: open its own page.</p>
    </>
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
