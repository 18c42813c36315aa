/**
 * Which task came from which: kept by the page, because the backend takes files and does not ask
 * whose result they were.
 */
const KEPT = "makeit3d-playground:lineage";

/** The oldest are forgotten then; their tasks are in the gallery all the same. */
const MAX_KEPT = 500;

/** Where an id is kept: a part of `Storage`. */
export type LineageStorage = Pick<Storage, "getItem" | "setItem">;

/** Child and parent, in the order in which they were remembered. */
type Link = readonly [child: string, parent: string];

/** Notes that a task was made from the result of another. Again, with another parent, it is that one's. */
export function rememberParent(
  childId: string,
  parentId: string,
  storage: LineageStorage = localStorage,
): void {
  if (childId === parentId) return;
  const others = readLinks(storage).filter(([child]) => child !== childId);
  const links: readonly Link[] = [...others, [childId, parentId]];
  try {
    storage.setItem(KEPT, JSON.stringify(links.slice(-MAX_KEPT)));
  } catch {
    // A full or forbidden storage: the strip is short then, nothing else is lost.
  }
}

export function parentOf(id: string, storage: LineageStorage = localStorage): string | undefined {
  return readLinks(storage).find(([child]) => child === id)?.[1];
}

/** From the first of the chain to the task itself, which is always there. */
export function ancestorsOf(
  id: string,
  storage: LineageStorage = localStorage,
): readonly string[] {
  const parents = new Map(readLinks(storage));
  const chain = [id];
  for (let next = parents.get(id); next !== undefined; next = parents.get(next)) {
    // What was kept may have been changed by hand.
    if (chain.includes(next)) break;
    chain.unshift(next);
  }
  return chain;
}

/** What was made from a task, oldest first. */
export function childrenOf(
  id: string,
  storage: LineageStorage = localStorage,
): readonly string[] {
  return readLinks(storage).filter(([, parent]) => parent === id).map(([child]) => child);
}

function readLinks(storage: LineageStorage): readonly Link[] {
  try {
    const known: unknown = JSON.parse(storage.getItem(KEPT) ?? "[]");
    return Array.isArray(known) ? known.filter(isLink) : [];
  } catch {
    return [];
  }
}

function isLink(value: unknown): value is Link {
  return Array.isArray(value) && value.length === 2 &&
    value.every((id) => typeof id === "string");
}
