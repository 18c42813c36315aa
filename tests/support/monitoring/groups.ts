/** Items with the same key, each group with its key. */
export function groups<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): [Key, Item[]][] {
  const found = new Map<string, [Key, Item[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const name = JSON.stringify(key);
    const group = found.get(name) ?? [key, []];
    group[1].push(item);
    found.set(name, group);
  }
  return [...found.values()];
}
