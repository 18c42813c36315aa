/** `deno task try`: signs in as a test user, generates an image with the running stack, saves it. */
import { createClient } from "@supabase/supabase-js";
import { extname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import {
  acceptedBody,
  errorBody,
  type StatusBody,
  statusBody,
} from "../../shared/contract/responses.ts";
import { main, print, readCommandLine, writeAll } from "../command_line.ts";
import { environmentOfRunningStack } from "./running_stack.ts";
import { repository } from "./stack/folders.ts";

const REQUEST = {
  provider: "openai",
  prompt: "A violet cartoon flying elephant with big ears",
  size: "1024x1024",
};

const POLL_MILLISECONDS = 200;

await main(async () => {
  const { port } = readCommandLine(Deno.args);
  const environment = await environmentOfRunningStack(port);
  const headers = await signIn(environment);
  const base = `${environment["SUPABASE_URL"]}/functions/v1`;

  const body = JSON.stringify({ task_id: `try-${crypto.randomUUID()}`, ...REQUEST });
  print(`POST ${base}/generation/text-to-image\n     ${body}`);
  const accepted = acceptedBody.parse(
    await answer(
      await fetch(`${base}/generation/text-to-image`, { method: "POST", headers, body }),
    ),
  );
  print(`GET  ${accepted.status_url}`);

  const { asset_url } = await follow(accepted.status_url, headers);
  if (!asset_url) throw new Error("The task is complete but names no file");
  print(`Saved ${await save(asset_url, accepted.celery_task_id)}`);
});

async function signIn(environment: Record<string, string>): Promise<Record<string, string>> {
  const { SUPABASE_URL = "", SUPABASE_PUBLISHABLE_KEY = "", API_KEY = "" } = environment;
  const { auth } = createClient(SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const { data, error } = await auth.signInWithPassword({
    email: environment["TEST_USER_EMAIL"] ?? "",
    password: environment["TEST_USER_PASSWORD"] ?? "",
  });
  if (error) throw new Error(`Cannot sign in: ${error.message}`);
  print(`Signed in as ${data.user.email}`);
  return {
    authorization: `Bearer ${data.session.access_token}`,
    "x-api-key": API_KEY,
    "content-type": "application/json",
  };
}

/** Polls until the task is final, and shows each state for as long as it lasts. */
async function follow(statusUrl: string, headers: Record<string, string>): Promise<StatusBody> {
  const start = performance.now();
  const isTerminal = Deno.stdout.isTerminal();
  let shown = "";
  for (;;) {
    const response = await fetch(`${statusUrl}?service=openai`, { headers });
    const task = statusBody.parse(await answer(response));
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    if (task.status !== shown) {
      writeAll(Deno.stdout, `${shown && isTerminal ? "\n" : ""}`);
    }
    if (isTerminal) {
      writeAll(Deno.stdout, `\r  ${seconds.padStart(6)} s  ${task.status}`);
    } else if (task.status !== shown) {
      print(`  ${seconds.padStart(6)} s  ${task.status}`);
    }
    shown = task.status;
    if (task.finished_at) {
      if (isTerminal) print();
      if (task.status === "complete") return task;
      throw new Error(`The task ended as ${task.status}: ${task.error ?? ""}`);
    }
    await setTimeout(POLL_MILLISECONDS);
  }
}

async function save(url: string, id: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`Cannot download ${url}: ${response.status}`);
  }
  const folder = join(repository, ".dev", "results");
  await Deno.mkdir(folder, { recursive: true });
  const file = join(folder, `${id}${extname(new URL(url).pathname)}`);
  await Deno.writeFile(file, await response.bytes());
  return file;
}

async function answer(response: Response): Promise<unknown> {
  const body: unknown = await response.json();
  if (response.ok) return body;
  const { success, data } = errorBody.safeParse(body);
  throw new Error(
    `The API answered ${response.status}: ${success ? data.message : JSON.stringify(body)}`,
  );
}
