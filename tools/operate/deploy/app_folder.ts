import { join, resolve } from "node:path";
import { repository } from "../../local/stack/folders.ts";
import { FUNCTIONS } from "./bundles.ts";

const MIGRATIONS = "supabase/migrations";

/** An app's own folder, with its `supabase` in it. The backend is deployed into the app's project. */
export interface AppFolder {
  /** Absolute. */
  readonly folder: string;
  /** Files of our migrations that it does not have yet. */
  readonly missingMigrations: readonly string[];
  /** What of it is in the way of the backend. */
  readonly collisions: readonly string[];
}

/** Versions of this checkout's migrations, in order. */
export async function ownMigrations(): Promise<readonly string[]> {
  return [...await readNames(join(repository, MIGRATIONS))].map(versionOf).sort();
}

/** @param path As a developer has typed it: from where the command was called. */
export async function readAppFolder(path: string): Promise<AppFolder> {
  const folder = resolve(Deno.env.get("INIT_CWD") ?? Deno.cwd(), path);
  const config = await Deno.readTextFile(join(folder, "supabase/config.toml")).catch(() => {
    throw new Error(`${folder} has no supabase/config.toml: is it the folder of the app?`);
  });
  const there = await readNames(join(folder, MIGRATIONS));
  const ours = await readNames(join(repository, MIGRATIONS));
  return {
    folder,
    missingMigrations: [...ours].filter((name) => !there.has(name)).sort(),
    collisions: [
      ...await collisionsOfFunctions(folder, config),
      ...collisionsOfApi(config),
      ...await changedMigrations(folder, [...ours].filter((name) => there.has(name))),
    ],
  };
}

/** The app's own CLI refuses a database that has migrations which are not in its folder. */
export async function copyMigrations({ folder, missingMigrations }: AppFolder): Promise<void> {
  await Deno.mkdir(join(folder, MIGRATIONS), { recursive: true });
  for (const name of missingMigrations) {
    await Deno.copyFile(join(repository, MIGRATIONS, name), join(folder, MIGRATIONS, name));
  }
}

/** Whoever deploys all functions of the app would put them in the place of ours. */
async function collisionsOfFunctions(folder: string, config: string): Promise<string[]> {
  const names = new Set([
    ...await readNames(join(folder, "supabase/functions")),
    ...[...config.matchAll(/^\s*\[functions\.["']?([\w-]+)/gm)].map(([, name = ""]) => name),
  ]);
  return Object.keys(FUNCTIONS).filter((name) => names.has(name)).map((name) =>
    `function ${name} of the app's folder`
  );
}

/** What only the backend may touch must not be reached through the Data API. */
function collisionsOfApi(config: string): string[] {
  const section = /^\[api\]\s*\n((?:(?!^\[).*\n?)*)/m.exec(config)?.[1] ?? "";
  const lists = [...section.matchAll(/^\s*(?:schemas|extra_search_path)\s*=\s*\[([^\]]*)\]/gm)];
  const exposed = lists.flatMap(([, list = ""]) =>
    [...list.matchAll(/["']([^"']+)["']/g)].map(([, name = ""]) => name)
  );
  return ["private", "monitoring", "pgmq"].filter((name) => exposed.includes(name)).map((name) =>
    `schema ${name} among those that the app's config.toml exposes`
  );
}

async function changedMigrations(folder: string, names: readonly string[]): Promise<string[]> {
  const changed: string[] = [];
  for (const name of names) {
    const [own, copy] = await Promise.all(
      [repository, folder].map((base) => Deno.readTextFile(join(base, MIGRATIONS, name))),
    );
    if (own !== copy) changed.push(`another text of the migration ${name}`);
  }
  return changed;
}

/** Empty, if there is no such folder. */
async function readNames(folder: string): Promise<ReadonlySet<string>> {
  try {
    return new Set((await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return new Set();
    throw error;
  }
}

/** What stands before the first underscore: the CLI knows a migration by it. */
function versionOf(name: string): string {
  return name.split("_")[0] ?? "";
}
