import type { JSX } from "preact";
import { taskAddress } from "../shell/route.ts";
import { resultNameOf } from "./result_address.ts";
import type { Task } from "./task.ts";

/** What was asked for, as it was sent, folded. */
export function ParameterList({ task }: { readonly task: Task }): JSX.Element | null {
  const { parameters, modelId, seed, revisedPrompt } = task;
  const entries = Object.entries({
    ...parameters,
    ...(modelId !== undefined && { "made by": modelId }),
    ...(seed !== undefined && { "made with seed": seed }),
    ...(revisedPrompt !== undefined && { "prompt as the model had it": revisedPrompt }),
  });
  if (entries.length === 0) return null;
  return (
    <details class="fold">
      <summary>Parameters, as sent</summary>
      <dl class="fact-list">
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{values(value).map((one, index) => <ParameterValue key={index} value={one} />)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function values(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** An address that is a result's leads to its task. */
function ParameterValue({ value }: { readonly value: unknown }): JSX.Element {
  if (typeof value !== "string") return <span>{value === null ? "–" : JSON.stringify(value)}</span>;
  const result = resultNameOf(value);
  if (result) return <a href={taskAddress(result.taskId)}>result {result.index + 1}</a>;
  return <span>{/^https?:/.test(value) ? value.split("/").at(-1) : value}</span>;
}
