import type { JSX } from "preact";

export function TaskView({ id }: { readonly id: string }): JSX.Element {
  return <h1>Task {id}</h1>;
}
