import { join } from "node:path";

/** The app's own, older and younger than the backend's. */
const MIGRATIONS = {
  "20250101000000_notes.sql":
    "create table public.notes (id integer primary key); insert into public.notes values (1);",
  "20990101000000_more_notes.sql": "alter table public.notes add column words text;",
};

const CONFIG = `project_id = "an-app"

[api]
schemas = ["public", "graphql_public"]

[functions.hello]
verify_jwt = true
`;

export interface App {
  readonly folder: string;
  /** Writes a file of it, by its path within `supabase`. */
  write(path: string, text: string): Promise<void>;
  /** The names and texts of all its files. */
  read(): Promise<Readonly<Record<string, string>>>;
}

/** Works with the folder of an app that has a `supabase` of its own. */
export async function withApp(work: (app: App) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "app-" });
  const write = async (path: string, text: string): Promise<void> => {
    const file = join(folder, "supabase", path);
    await Deno.mkdir(join(file, ".."), { recursive: true });
    await Deno.writeTextFile(file, text);
  };
  try {
    await write("config.toml", CONFIG);
    await write("functions/hello/index.ts", 'Deno.serve(() => new Response("Hello"));');
    for (const [name, text] of Object.entries(MIGRATIONS)) await write(`migrations/${name}`, text);
    await work({ folder, write, read: () => readFiles(join(folder, "supabase")) });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function readFiles(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    // What the CLI keeps for itself.
    if (name === ".temp") continue;
    if (isDirectory) {
      const inside = await readFiles(join(folder, name));
      for (const [path, text] of Object.entries(inside)) files[`${name}/${path}`] = text;
    } else {
      files[name] = await Deno.readTextFile(join(folder, name));
    }
  }
  return files;
}
