import { setTimeout } from "node:timers/promises";
import { withDatabase } from "../../support/stack.ts";
import type { Waiter } from "./create_waiters.ts";

export interface Calls {
  /** Once a second. */
  readonly before: number;
  /** With wait=25, and nothing between two answers. */
  readonly now: number;
}

/** Counts the calls that follow a generation of so many seconds from its submit to its end. */
export async function countCalls(waiter: Waiter | undefined, seconds: number): Promise<Calls> {
  if (!waiter) throw new Error("Nobody waits");
  const { id } = waiter;
  const [before, now] = await Promise.all([
    follow(() => waiter.read(""), 1_000),
    follow(() => waiter.read("?wait=25"), 0),
    generate(id, seconds),
  ]);
  return { before, now };
}

async function follow(ask: () => Promise<Response>, pause: number): Promise<number> {
  for (let calls = 1;; calls++) {
    const response = await ask();
    const { finished_at } = await response.json();
    if (finished_at !== undefined) return calls;
    await setTimeout(pause);
  }
}

/** One change soon, as a start is, and then the end. */
async function generate(id: string, seconds: number): Promise<void> {
  await setTimeout(1_000);
  await withDatabase((sql) => sql`update public.tasks set progress = 1 where id = ${id}`);
  await setTimeout((seconds - 1) * 1_000);
  await withDatabase((sql) =>
    sql`
      update public.tasks
      set status = 'complete', finished_at = now(), lease_expires_at = null, message_id = null,
        asset_urls = '{https://files.example.com/0.png}'
      where id = ${id}
    `
  );
}
