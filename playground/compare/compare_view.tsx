import type { JSX } from "preact";

export function CompareView(_: { readonly query: URLSearchParams }): JSX.Element {
  return <h1>Compare</h1>;
}
