import type { JSX } from "preact";

export function CreateView(_: { readonly query: URLSearchParams }): JSX.Element {
  return <h1>Create</h1>;
}
