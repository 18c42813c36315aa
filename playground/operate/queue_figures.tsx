import type { JSX } from "preact";
import { fileSize } from "../shell/amounts.ts";
import type { OperatorBody } from "./operator_api.ts";

/** How much waits, runs and has ended. */
export function QueueFigures({ queue }: { readonly queue: OperatorBody["queue"] }): JSX.Element {
  const figures: readonly (readonly [name: string, value: string])[] = [
    ["Waiting", `${queue.pending}`],
    ["Running", `${queue.processing}`],
    ["Last hour", endedWords(queue.last_hour)],
    ["Last day", endedWords(queue.last_day)],
    ["Workers", `${queue.workers}`],
    ["Connections", `${queue.connections} of ${queue.max_connections}`],
    ["Database", fileSize(queue.database_bytes)],
  ];
  return (
    <section class="card stack" aria-labelledby="queue">
      <h2 id="queue">Queue</h2>
      <dl class="figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function endedWords({ complete, failed }: OperatorBody["queue"]["last_hour"]): string {
  const done = `${complete}\u00a0complete`;
  return failed === 0 ? done : `${done}, ${failed}\u00a0failed`;
}
