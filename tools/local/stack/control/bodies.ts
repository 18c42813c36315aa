/**
 * What the control routes of the local gateway take and answer: `GET /_calls`; `GET`, `POST` and `DELETE
 * /_faults`; `POST /_worker/kill`; `POST /_postgres/restart`. A refusal is `{ message, field? }`: 400 for a body, 403 for a page of another
 * origin, 404 from another machine, 415 for what is no JSON, 503 for what does not answer.
 *
 * @module
 */
import { z } from "zod";

/** A call that a simulated service has billed, with what the backend's own ledger has of it. */
export const billedCall = z.object({
  id: z.uuid(),
  provider: z.string(),
  operation: z.string(),
  model: z.string(),
  at: z.iso.datetime(),
  billable: z.literal(true).describe("The simulated services list nothing else"),
  prompt: z.string().nullable(),
  task_id: z.uuid().nullable().describe("Null: no task is known to have made it"),
  outcome: z.enum(["under way", "succeeded", "failed", "ambiguous"]).nullable().describe(
    "By the backend's ledger. ambiguous: the worker or the answer was lost after the call was sent, so " +
      "that the task may be called for once more",
  ),
  error_code: z.string().nullable(),
});

/** `GET /_calls`: newest first, at most 200. `total` counts all. */
export const callsBody = z.object({ calls: z.array(billedCall), total: z.int().min(0) });

export type CallsBody = z.infer<typeof callsBody>;

/** A fault that is ordered, and how often it is still to be met. */
export const orderedFault = z.object({
  provider: z.string(),
  operation: z.string().optional(),
  kind: z.string(),
  times: z.int().min(1),
  latency_ms: z.int().min(0).optional(),
});

/** `GET /_faults`: what is ordered, and what can be. */
export const faultsBody = z.object({
  faults: z.array(orderedFault),
  kinds: z.array(z.object({
    kind: z.string(),
    billed: z.boolean().describe("Whether the provider bills a call that meets it"),
  })),
  providers: z.array(z.object({
    name: z.string(),
    operations: z.array(z.string()),
    simulated: z.boolean().describe("False: the stack has a key for it, and no fault reaches it"),
  })),
});

export type FaultsBody = z.infer<typeof faultsBody>;

/** `POST /_faults` takes what the simulators take (`simulators/faults.ts`) and answers it with 201. */

/** `POST /_worker/kill` takes `{}`. */
export const killedBody = z.object({
  killed: z.int().min(0).describe("Isolates that were killed; 0: none was at work"),
});

export type KilledBody = z.infer<typeof killedBody>;

/** `POST /_postgres/restart` takes `{}`, and answers when Postgres takes connections again. */
export const restartedBody = z.object({
  restarted: z.literal(true),
  milliseconds: z.int().min(0),
});

export type RestartedBody = z.infer<typeof restartedBody>;
