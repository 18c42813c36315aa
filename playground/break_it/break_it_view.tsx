import type { JSX } from "preact";

export function BreakItView(): JSX.Element {
  return <h1>Break it</h1>;
}
