import type { Task } from "@makeit3d/client";
import type { JSX } from "preact";
import { operationNameOf } from "../operations/words.ts";
import { CompareColumn } from "./compare_column.tsx";
import { type Comparison, costOf, type Entry, leastOf, secondsOf } from "./comparison.ts";
import { useFollowed } from "./use_followed.ts";

/** The answers of all providers side by side, as they come. */
export function CompareResults({ comparison }: { readonly comparison: Comparison }): JSX.Element {
  const { entries } = comparison;
  const { generations, tasks } = useFollowed(entries.flatMap(({ id }) => id ?? []));
  const complete = entries.filter(({ id = "" }) => tasks.get(id)?.status === "complete");
  const fastest = leastOf(amounts(complete, tasks, (task) => secondsOf(task)));
  const cheapest = leastOf(amounts(complete, tasks, costOf));
  return (
    <section class="stack" aria-labelledby="answers">
      <h2 id="answers">Answers: {operationNameOf(comparison.operation)}</h2>
      <div class="compare-columns">
        {entries.map((entry) => {
          const { id = "" } = entry;
          return (
            <CompareColumn
              key={entry.provider}
              entry={entry}
              task={tasks.get(id)}
              generation={generations.get(id)}
              isFastest={fastest.includes(id)}
              isCheapest={cheapest.includes(id)}
            />
          );
        })}
      </div>
    </section>
  );
}

function amounts(
  entries: readonly Entry[],
  tasks: ReadonlyMap<string, Task>,
  amountOf: (task: Task, entry: Entry) => number | undefined,
): ReadonlyMap<string, number> {
  return new Map(entries.flatMap((entry): [string, number][] => {
    const task = tasks.get(entry.id ?? "");
    const amount = task && amountOf(task, entry);
    return task && amount !== undefined ? [[task.id, amount]] : [];
  }));
}
