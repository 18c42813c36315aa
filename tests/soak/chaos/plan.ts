import type { Fault, FaultKind } from "../../../simulators/faults.ts";

/** What goes wrong, and when: seconds since the first task. */
export interface Planned<T> {
  readonly at: number;
  readonly what: T;
}

/** What happens to the machines. */
export type Disruption = "kill two workers" | "restart Postgres" | "freeze a worker";

export const TASKS = 500;
/** Seconds in which they come, one after the other. */
export const SUBMIT_SECONDS = 165;

/** Longer than a lease: a worker that comes back then has lost what it had. */
export const FREEZE_SECONDS = 16;

/** Far enough apart to see what it is like before, and what 15 seconds later. */
export const disruptions: readonly Planned<Disruption>[] = ([
  "kill two workers",
  "restart Postgres",
  "kill two workers",
  "freeze a worker",
  "kill two workers",
  "restart Postgres",
  "kill two workers",
  "restart Postgres",
  "kill two workers",
] as const).map((what, index) => ({ at: 16 + 16.5 * index, what }));

export const LANES = ["openai", "stability", "recraft", "flux", "tripo"] as const;

const KINDS: readonly FaultKind[] = [
  "rate_limited",
  "server_error",
  "slow",
  "disconnect",
  "refused",
  "timeout",
  "invalid_json",
  "empty_file",
  "stuck",
];

/** Of what costs nothing, each with what it can meet. */
const FREE: readonly (readonly [provider: string, operation: string, kinds: FaultKind[]])[] = [
  ["tripo", "poll", ["server_error", "rate_limited", "disconnect", "invalid_json"]],
  ["flux", "poll", ["server_error", "disconnect"]],
  ["tripo", "download", ["server_error", "empty_file"]],
  ["flux", "download", ["disconnect", "slow"]],
  ["recraft", "download", ["server_error", "disconnect"]],
  ["tripo", "upload", ["server_error", "timeout"]],
];

/**
 * Before a disruption nothing new goes wrong: a lane that rests finds out with one task whether its provider
 * works again, and when that one is lost with its worker, it rests as long as the lease.
 */
const QUIET_SECONDS = 5;

/** Every kind in every lane, in turns, and some of what costs nothing in between: 12 % of the tasks. */
export function planFaults(): Planned<Fault>[] {
  const billed = KINDS.flatMap((kind) =>
    LANES.map((provider): Fault => ({ provider, kind, times: 1 }))
  );
  const free = FREE.flatMap(([provider, operation, kinds]) =>
    kinds.map((kind): Fault => ({ provider, operation, kind, times: 1 }))
  );
  const every = Math.floor(billed.length / free.length);
  const all = billed.flatMap((fault, index) => {
    const extra = index % every === 0 ? free[index / every] : undefined;
    return extra ? [fault, extra] : [fault];
  });
  const [first, last] = [8, SUBMIT_SECONDS - 20];
  return all.map((what, index) => {
    const at = first + ((last - first) * index) / all.length;
    const disruption = disruptions.find((one) => one.at > at && one.at - at < QUIET_SECONDS);
    return { at: disruption ? disruption.at + 0.1 : at, what };
  });
}
