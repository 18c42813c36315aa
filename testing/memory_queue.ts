import type { Claim, Outcome, SettledState } from "../shared/tasks/task.ts";
import type {
  ClaimLimits,
  FileName,
  ReportedFile,
  WorkerRoom,
  WorkQueue,
} from "../shared/tasks/work_queue.ts";
import { aClaim } from "./claims.ts";

export const complete: Outcome = {
  kind: "complete",
  assetUrls: [],
  call: {},
};

/** A queue in memory: its lane lets so many through at once, and each claim takes so many. */
export class MemoryQueue implements WorkQueue {
  readonly settled: string[] = [];
  retired = 0;
  recovered = 0;
  readonly waiting: Claim[];
  readonly #atOnce: number;
  readonly #perClaim: number;
  /** What every settlement reaches. */
  readonly #state: SettledState | null;
  #inFlight = 0;

  constructor(
    taskIds: readonly string[],
    atOnce = 20,
    perClaim = atOnce,
    state: SettledState | null = "complete",
  ) {
    this.#state = state;
    this.waiting = taskIds.map((taskId) => aClaim({ taskId }));
    this.#atOnce = atOnce;
    this.#perClaim = perClaim;
  }
  add(taskId: string): void {
    this.waiting.push(aClaim({ taskId }));
  }
  claim(limits: ClaimLimits, _room: WorkerRoom): Promise<Claim[]> {
    const room = Math.min(this.#perClaim, this.#atOnce - this.#inFlight);
    const isPoll = ({ handle }: Claim): boolean => handle !== null;
    const polls = this.waiting.filter(isPoll).slice(0, limits.polls);
    const starts = this.waiting.filter((claim) => !isPoll(claim)).slice(0, limits.starts);
    const claims = this.waiting.filter((claim) => polls.includes(claim) || starts.includes(claim))
      .slice(0, room);
    const left = this.waiting.filter((claim) => !claims.includes(claim));
    this.waiting.splice(0, this.waiting.length, ...left);
    this.#inFlight += claims.length;
    return Promise.resolve(claims);
  }
  recover(): Promise<number> {
    this.recovered++;
    return Promise.resolve(0);
  }
  extendLeases(claims: readonly Claim[]): Promise<ReadonlySet<string>> {
    return Promise.resolve(new Set(claims.map(({ taskId }) => taskId)));
  }
  markCallSent(): Promise<boolean> {
    return Promise.resolve(true);
  }
  settle({ taskId }: Claim, _outcome: Outcome): Promise<SettledState | null> {
    this.settled.push(taskId);
    this.#inFlight--;
    return Promise.resolve(this.#state);
  }
  hasDueWork(): Promise<boolean> {
    return Promise.resolve(this.waiting.length > 0);
  }
  retire(): Promise<void> {
    this.retired++;
    return Promise.resolve();
  }
  reconcile(): Promise<void> {
    return Promise.resolve();
  }
  findOrphanedFiles(): Promise<string[]> {
    return Promise.resolve([]);
  }
  findUnusedInputs(): Promise<string[]> {
    return Promise.resolve([]);
  }
  findFilesToRemove(): Promise<FileName[]> {
    return Promise.resolve([]);
  }
  findReportedFiles(): Promise<ReportedFile[]> {
    return Promise.resolve([]);
  }
  confirmHiddenFiles(): Promise<void> {
    return Promise.resolve();
  }
  failMaintenance(): Promise<void> {
    return Promise.resolve();
  }
}

/** Time that does not pass. */
export function noTime(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
}

/** Steps that tell when they start and end when told. */
export class Steps {
  readonly started: string[] = [];
  readonly #ends = new Map<string, PromiseWithResolvers<void>>();
  readonly #starts = new Map<string, PromiseWithResolvers<void>>();

  readonly run = async ({ taskId }: Claim): Promise<Outcome> => {
    this.started.push(taskId);
    gate(this.#starts, taskId).resolve();
    await gate(this.#ends, taskId).promise;
    return complete;
  };
  start(taskId: string): Promise<void> {
    return gate(this.#starts, taskId).promise;
  }
  end(...taskIds: string[]): void {
    for (const taskId of taskIds) gate(this.#ends, taskId).resolve();
  }
}

function gate(
  gates: Map<string, PromiseWithResolvers<void>>,
  name: string,
): PromiseWithResolvers<void> {
  const found = gates.get(name) ?? Promise.withResolvers<void>();
  gates.set(name, found);
  return found;
}
