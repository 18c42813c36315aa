import assert from "node:assert/strict";
import { waitUntil } from "../support/wait_until.ts";
import type { Scene } from "./scene.ts";
import type { Version } from "./version.ts";

/** Longer than it takes to bring all tasks into their states. */
const LONG = { kind: "slow", latency_ms: 35_000 } as const;
/** Longer than the migrations take. */
const CALL = { kind: "slow", latency_ms: 25_000 } as const;
/** The provider has taken it, and its answer never comes. */
const NO_ANSWER = { kind: "timeout" } as const;

/** The states that a task can be in when the migrations are applied, each of a task of that name. */
export const STAGES = {
  "done": "complete",
  "refused": "failed",
  "accepted": "accepted",
  "accepted with a picture": "accepted",
  "canceled at its provider": "winding down",
  "to be tried again": "retrying",
  "waits for the old": "pending",
  "waits to be canceled": "pending",
  "canceled": "canceled",
  "lost": "lost",
  "waits for the new": "pending",
  "lost, and nobody knows": "claimed",
  "under way": "claimed",
} as const;

/** Brings a task into each state, by the functions of the last release. */
export async function bringIntoStages(scene: Scene, old: Version): Promise<void> {
  await scene.submit(old, "done", "openai");
  await scene.submitWith(LONG, old, "accepted", "tripo");
  await scene.submitWith(LONG, old, "accepted with a picture", "flux");
  await scene.submitWith({ kind: "refused" }, old, "refused", "recraft");
  await scene.waitFor({ done: "complete", accepted: "accepted", refused: "failed" });
  await scene.submitWith(LONG, old, "canceled at its provider", "tripo");
  await scene.submitWith({ kind: "server_error" }, old, "to be tried again", "recraft");
  await scene.waitFor({ "to be tried again": "retrying" });

  await scene.pause("recraft");
  for (const name of ["waits for the old", "waits to be canceled", "canceled"]) {
    await scene.submit(old, name, "recraft");
  }
  await scene.waitFor({
    "canceled at its provider": "accepted",
    "accepted with a picture": "accepted",
  });
  for (const name of ["canceled", "canceled at its provider"]) await old.cancel(scene.idOf(name));

  await scene.submitWith(NO_ANSWER, old, "lost", "openai");
  await scene.waitForPurchase("lost");
  await scene.pause("openai");
  await scene.submit(old, "waits for the new", "openai");
  old.killWorker();
  await scene.makeDue("lost");
  await scene.waitFor({ lost: "lost" });

  await scene.submitWith(NO_ANSWER, old, "lost, and nobody knows", "tripo");
  await scene.waitForPurchase("lost, and nobody knows");
  old.killWorker();
  await scene.submitWith(CALL, old, "under way", "stability");
  await scene.waitForPurchase("under way");
}

/** All that apps and workers do to a project goes on as if its database had not changed. */
export async function workOn(scene: Scene, version: Version, name: string): Promise<void> {
  for (const each of scene.names) {
    const status = await version.readStatus(scene.idOf(each));
    assert.ok(["pending", "processing", "complete", "failed", "canceled"].includes(status), each);
  }
  assert.equal(await scene.submitAgain(version, "done"), scene.idOf("done"));
  const made = `made by ${name}`;
  await scene.submit(version, made, "stability");
  await scene.waitFor({ [made]: "complete" });
  assert.equal(await version.readStatus(scene.idOf(made)), "complete");
}

/** The functions of the last release, after the migrations and before the new functions. */
export async function workOnAsOld(scene: Scene, old: Version): Promise<void> {
  await old.cancel(scene.idOf("waits to be canceled"));
  await old.restartApi();
  await scene.stack.sql`select private.end_pause('recraft')`;
  await workOn(scene, old, "the old, on the new database");
  await scene.waitFor({
    "under way": "complete",
    "to be tried again": "complete",
    "waits for the old": "complete",
    "waits to be canceled": "canceled",
  });
  await scene.submitWith(NO_ANSWER, old, "left by the old", "stability");
  await scene.waitForPurchase("left by the old");
  old.killWorker();
  await old.stopWorker();
}

/** What the new functions have begun goes on when an operator goes back to the last release. */
export async function goBack(scene: Scene, old: Version, next: Version): Promise<void> {
  const name = "left by the new, looked for";
  await scene.submitWith(NO_ANSWER, next, name, "tripo");
  await scene.waitForPurchase(name);
  next.killWorker();
  await next.stopWorker();
  const lease = await readLease(scene, name);
  await scene.makeDue(name);
  await old.startWorker();
  await waitUntil("a claim by the old", async () => await readLease(scene, name) > lease);
  await workOn(scene, old, "the old, come back");
  await old.stopWorker();
  await next.startWorker();
}

async function readLease(scene: Scene, name: string): Promise<number> {
  const [row] = await scene.stack.sql<{ lease: number }[]>`
    select lease::integer from public.tasks where id = ${scene.idOf(name)}
  `;
  return row?.lease ?? 0;
}
