import { useEffect, useState } from "preact/hooks";

/** The views, as they stand behind the `#/` of the address: any static host can serve them. */
export const VIEWS = ["create", "compare", "gallery", "break-it", "operate"] as const;

export type View = typeof VIEWS[number];

export type Route =
  | { readonly view: View; readonly query: URLSearchParams }
  | { readonly view: "task"; readonly id: string };

/** What an address shows; what it does not know is the first view. */
export function routeOf(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [name = "", id = ""] = path.split("/", 2);
  if (name === "task" && id !== "") return { view: "task", id: decodeURIComponent(id) };
  const view = VIEWS.find((known) => known === name) ?? "create";
  return { view, query: new URLSearchParams(query) };
}

export function taskAddress(id: string): string {
  return `#/task/${encodeURIComponent(id)}`;
}

export function viewAddress(view: View, query: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams(query).toString();
  return `#/${view}${search === "" ? "" : `?${search}`}`;
}

/** The route of the page's address, as it changes. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location.hash));
  useEffect(() => {
    const change = (): void => setRoute(routeOf(location.hash));
    addEventListener("hashchange", change);
    return () => removeEventListener("hashchange", change);
  }, []);
  return route;
}
