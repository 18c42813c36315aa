/** Writes a file as a whole or not at all, so that a start that is killed leaves no half of it. */
export async function writeState(file: string, state: unknown): Promise<void> {
  const draft = `${file}.new`;
  await Deno.writeTextFile(draft, JSON.stringify(state, null, 2), { mode: 0o600 });
  await Deno.rename(draft, file);
}

/** Reads what `writeState` wrote; undefined if there is no such file or it cannot be read. */
export async function readState(file: string): Promise<unknown> {
  try {
    return JSON.parse(await Deno.readTextFile(file));
  } catch {
    return undefined;
  }
}
