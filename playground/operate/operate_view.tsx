import type { JSX } from "preact";

export function OperateView(): JSX.Element {
  return <h1>Operate</h1>;
}
