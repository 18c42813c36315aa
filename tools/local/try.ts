/** `deno task try`: signs in as a test user, has the running stack make something, saves and opens it. */
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { extname, join } from "node:path";
import { createMakeIt3D } from "../../client/mod.ts";
import { DEFAULT_PORT, main, print, readPort } from "../command_line.ts";
import { tryOut } from "../commands/local_commands.ts";
import { connectToOperate } from "../operate/operated_database.ts";
import { environmentOfRunningStack } from "./running_stack.ts";
import { repository } from "./stack/folders.ts";
import { follow } from "./try/follow.ts";
import { openPicture } from "./try/open_picture.ts";
import { readOrder } from "./try/order.ts";
import { uploadFiles } from "./try/upload.ts";

await main(tryOut, async ({ operands: [name], values }) => {
  const port = readPort(values.port) ?? DEFAULT_PORT;
  const { operation, provider, body, file } = readOrder(name, values);
  const environment = await environmentOfRunningStack(port);
  const { SUPABASE_URL = "" } = environment;
  const supabase = await signIn(environment);
  const makeit3d = createMakeIt3D({ supabase, apiKey: environment["API_KEY"] ?? "" });

  const files = await uploadFiles(makeit3d, { operation, provider, body, file });
  const request = { ...body, ...files };
  print(`${operation} ${JSON.stringify(request)}`);
  // What is typed in a terminal has no type: the backend checks it.
  const generation = await makeit3d.submit(operation, request as never);
  for (const warning of generation.warnings) print(`Note: ${warning}`);
  print(`GET ${SUPABASE_URL}/functions/v1/tasks/${generation.id}/status`);

  const { sql } = await connectToOperate(String(port));
  try {
    const { assets } = await follow(sql, generation);
    if (assets.length === 0) throw new Error("The task is complete but names no file");
    const files: string[] = [];
    for (const [index, { url }] of assets.entries()) {
      const name = `${generation.id}${assets.length > 1 ? `-${index + 1}` : ""}`;
      const file = await save(reachedAt(SUPABASE_URL, url), name);
      print(`Saved ${file}`);
      files.push(file);
    }
    const [first] = files;
    if (first !== undefined && !values["no-open"]) await openPicture(first);
  } finally {
    await sql.end();
  }
});

async function signIn(environment: Record<string, string>): Promise<SupabaseClient> {
  const { SUPABASE_URL = "", SUPABASE_PUBLISHABLE_KEY = "" } = environment;
  const supabase = createClient(SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const { data, error } = await supabase.auth.signInWithPassword({
    email: environment["TEST_USER_EMAIL"] ?? "",
    password: environment["TEST_USER_PASSWORD"] ?? "",
  });
  if (error) throw new Error(`Cannot sign in: ${error.message}`);
  print(`Signed in as ${data.user.email}`);
  return supabase;
}

/** A file of the project by an address that this machine reaches: its own may be one for phones. */
function reachedAt(projectUrl: string, url: string): string {
  const { pathname, search } = new URL(url);
  return `${projectUrl}${pathname}${search}`;
}

async function save(url: string, name: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`Cannot download ${url}: ${response.status}`);
  }
  const folder = join(repository, ".dev", "results");
  await Deno.mkdir(folder, { recursive: true });
  const file = join(folder, `${name}${extname(new URL(url).pathname)}`);
  await Deno.writeFile(file, await response.bytes());
  return file;
}
