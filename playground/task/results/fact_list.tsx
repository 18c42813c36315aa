import type { JSX } from "preact";
import type { Asset } from "../task.ts";
import { factsOf } from "./facts.ts";

/** What is known of a result. */
export function FactList({ asset }: { readonly asset: Asset }): JSX.Element {
  return (
    <dl class="fact-list fact-list-wide">
      {factsOf(asset).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
