import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import {
  type AcceptedBody,
  acceptedBody,
  type StatusBody,
  statusBody,
} from "../../shared/contract/responses.ts";
import { SEED } from "../../tools/local/stack/settings.ts";
import { stack } from "./stack.ts";
import { waitUntil } from "./wait_until.ts";

/** A test user of the seed, signed in as an app does it. */
export interface User {
  readonly id: string;
  readonly token: string;
  readonly supabase: SupabaseClient;
}

/** As much of a user as requests need. */
type Caller = Pick<User, "token">;

/** Signs in through Auth: 1 for the first user of the seed, 2 for the second. */
export async function signIn(number: 1 | 2 = 1): Promise<User> {
  const supabase = createClient(stack.projectUrl, stack.secrets.publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const { data, error } = await supabase.auth.signInWithPassword(
    number === 1 ? SEED.users[0] : SEED.users[1],
  );
  if (error) throw error;
  return { id: data.user.id, token: data.session.access_token, supabase };
}

/** The headers the API guide asks for. */
export function headersOf(token: string, apiKey: string = SEED.apiKey): Record<string, string> {
  return {
    "X-API-Key": apiKey,
    Authorization: `Bearer ${token}`,
    "Content-Type": "application/json",
  };
}

/** A task_id nobody has used. */
export function newTaskId(): string {
  return `task-workspace-${crypto.randomUUID()}`;
}

export async function post(
  operation: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Response> {
  return await fetch(`${stack.functionsUrl}/generation/${operation}`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
}

/** Submits a text-to-image request that must be accepted; returns the id to poll with. */
export async function submit(user: User, fields: Record<string, unknown> = {}): Promise<string> {
  const body = { provider: "openai", prompt: "A red cube", ...fields };
  return (await submitTo(user, "text-to-image", body)).celery_task_id;
}

/** Submits a request that must be accepted, under a new task_id unless it names one. */
export async function submitTo(
  user: Caller,
  operation: string,
  fields: Record<string, unknown>,
): Promise<AcceptedBody> {
  const body = { task_id: newTaskId(), ...fields };
  const response = await post(operation, body, headersOf(user.token));
  if (response.status !== 202) throw new Error(`Not accepted: ${await response.text()}`);
  return acceptedBody.parse(await response.json());
}

export async function readStatus(user: Caller, id: string): Promise<StatusBody> {
  const response = await fetch(`${stack.functionsUrl}/tasks/${id}/status?service=openai`, {
    headers: headersOf(user.token),
  });
  if (response.status !== 200) throw new Error(`No status: ${await response.text()}`);
  return statusBody.parse(await response.json());
}

/** Polls until the task is final. */
export async function followToEnd(
  user: Caller,
  id: string,
  timeoutSeconds?: number,
): Promise<StatusBody> {
  return await waitUntil(
    `the end of task ${id}`,
    async () => {
      const status = await readStatus(user, id);
      return status.finished_at !== undefined && status;
    },
    timeoutSeconds,
  );
}
