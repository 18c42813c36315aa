import type { Generation } from "@makeit3d/client";
import type { JSX } from "preact";
export function TaskPanel({ id }: { id: string; generation?: Generation }): JSX.Element {
  return <p>{id}</p>;
}
