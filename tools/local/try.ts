/** `deno task try`: signs in as a test user, has the running stack make something, and saves it. */
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { extname, join } from "node:path";
import { acceptedBody, errorBody } from "../../shared/contract/responses.ts";
import { DEFAULT_PORT, main, print, readPort } from "../command_line.ts";
import { tryOut } from "../commands/local_commands.ts";
import { connectToOperate } from "../operate/operated_database.ts";
import { environmentOfRunningStack } from "./running_stack.ts";
import { repository } from "./stack/folders.ts";
import { follow } from "./try/follow.ts";
import { readOrder } from "./try/order.ts";
import { uploadFiles } from "./try/upload.ts";

await main(tryOut, async ({ operands: [operation], values }) => {
  const port = readPort(values.port) ?? DEFAULT_PORT;
  const order = readOrder(operation, values);
  const environment = await environmentOfRunningStack(port);
  const { supabase, userId, headers } = await signIn(environment);
  const files = await uploadFiles(supabase, userId, order);

  const base = `${environment["SUPABASE_URL"]}/functions/v1`;
  const url = `${base}/generation/${order.operation}`;
  const body = JSON.stringify({ task_id: `try-${crypto.randomUUID()}`, ...order.body, ...files });
  print(`POST ${url}\n     ${body}`);
  const accepted = acceptedBody.parse(await ask(url, { method: "POST", headers, body }));
  for (const warning of accepted.warnings) print(`Note: ${warning}`);
  // Not the status_url, which is for apps: it may be one that this machine does not reach.
  const statusUrl = `${base}/tasks/${accepted.celery_task_id}/status`;
  print(`GET  ${statusUrl}`);

  const { sql } = await connectToOperate(String(port));
  try {
    const { asset_urls = [] } = await follow(sql, {
      id: accepted.celery_task_id,
      read: () => ask(statusUrl, { headers }),
    });
    if (asset_urls.length === 0) throw new Error("The task is complete but names no file");
    for (const [index, url] of asset_urls.entries()) {
      const name = `${accepted.celery_task_id}${asset_urls.length > 1 ? `-${index + 1}` : ""}`;
      print(`Saved ${await save(reachedAt(environment["SUPABASE_URL"], url), name)}`);
    }
  } finally {
    await sql.end();
  }
});

interface SignedIn {
  readonly supabase: SupabaseClient;
  readonly userId: string;
  readonly headers: Record<string, string>;
}

async function signIn(environment: Record<string, string>): Promise<SignedIn> {
  const { SUPABASE_URL = "", SUPABASE_PUBLISHABLE_KEY = "", API_KEY = "" } = environment;
  const supabase = createClient(SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const { data, error } = await supabase.auth.signInWithPassword({
    email: environment["TEST_USER_EMAIL"] ?? "",
    password: environment["TEST_USER_PASSWORD"] ?? "",
  });
  if (error) throw new Error(`Cannot sign in: ${error.message}`);
  print(`Signed in as ${data.user.email}`);
  const headers = {
    authorization: `Bearer ${data.session.access_token}`,
    "x-api-key": API_KEY,
    "content-type": "application/json",
  };
  return { supabase, userId: data.user.id, headers };
}

/** A file of the project by an address that this machine reaches: its own may be one for phones. */
function reachedAt(projectUrl: string | undefined, url: string): string {
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

async function ask(url: string, options: RequestInit): Promise<unknown> {
  const response = await fetch(url, options);
  const body: unknown = await response.json();
  if (response.ok) return body;
  const { success, data } = errorBody.safeParse(body);
  throw new Error(
    `The API answered ${response.status}: ${success ? data.message : JSON.stringify(body)}`,
  );
}
