export interface Run {
  readonly id: string;
  readonly prompt: string;
  readonly startedAt: number;
  readonly endsAt: number;
  isCanceled: boolean;
}

/** The runs that a simulated service has accepted: each is bought. */
export class Runs {
  readonly #runs = new Map<string, Run>();
  milliseconds = 0;

  accept(prompt: string): Run {
    const startedAt = Date.now();
    const id = crypto.randomUUID();
    const endsAt = startedAt + this.milliseconds;
    const run = { id, prompt, startedAt, endsAt, isCanceled: false };
    this.#runs.set(id, run);
    return run;
  }

  find(id: string): Run | undefined {
    return this.#runs.get(id);
  }

  count(prompt: string): { readonly bought: number; readonly canceled: number } {
    const bought = [...this.#runs.values()].filter((run) => run.prompt === prompt);
    return { bought: bought.length, canceled: bought.filter((run) => run.isCanceled).length };
  }
}

/** Cancels what has not ended; false: it was too late. */
export function cancelRun(run: Run): boolean {
  if (!run.isCanceled && Date.now() >= run.endsAt) return false;
  run.isCanceled = true;
  return true;
}
