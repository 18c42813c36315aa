/** Where on its way an interaction is: the other side has seen nothing, half of it, or has answered. */
export type Phase = "before" | "midway" | "after";

/** A place where a worker can be killed. */
export interface Point {
  readonly name: string;
  /** 1 for the first of this name. */
  readonly occurrence: number;
  readonly phase: Phase;
}

/** One request of the worker on its way through a proxy. */
export interface Passage {
  /** Returns when the interaction may go on; throws a Dropped if it never will. */
  pass(phase: Phase, gave?: boolean): Promise<void>;
}

/** The worker was killed at this moment: what it had sent, or would have got, is gone. */
export class Dropped extends Error {
  override readonly name = "Dropped";
}

const CLAIM = "claim_tasks";
const SETTLEMENT = /^settle_task /;

/**
 * What all proxies of a worker have in common: it notes every interaction, and at the armed point
 * stops time for the worker. From then on nothing passes, until all of it is dropped.
 */
export class Gate {
  #trap: Point | undefined;
  #seen: Point[] = [];
  #counts = new Map<string, number>();
  #openSteps = 0;
  /** Whether the worker has been given something since it last had nothing more to do. */
  #hadClaims = false;
  /** Of the workers that have been killed, something may still be on its way. */
  #deaths = 0;
  #frozen: PromiseWithResolvers<void> | undefined;
  #stop = Promise.withResolvers<"trapped" | "idle">();

  /** Forgets what it has seen. With a trap the worker will be stopped there. */
  arm(trap?: Point): void {
    this.#trap = trap;
    this.#seen = [];
    this.#counts.clear();
    this.#openSteps = 0;
    this.#hadClaims = false;
    this.watch();
  }

  /** From here on `stopped` waits for the next stop. */
  watch(): void {
    this.#stop = Promise.withResolvers();
  }

  /** Resolves when the worker is in the trap, or has no more to do. */
  get stopped(): Promise<"trapped" | "idle"> {
    return this.#stop.promise;
  }

  /** Every point passed since it was armed, in order. */
  get seen(): readonly Point[] {
    return this.#seen;
  }

  /** Lets go of what is frozen: it is lost. */
  drop(): void {
    this.#trap = undefined;
    this.#deaths++;
    this.#frozen?.reject(new Dropped());
    this.#frozen = undefined;
  }

  begin(name: string): Passage {
    const deaths = this.#deaths;
    const passage = name === CLAIM ? this.#beginClaim() : this.#begin(name);
    return {
      pass: async (phase, gave) => {
        await this.#frozen?.promise;
        if (deaths !== this.#deaths) throw new Dropped();
        await passage.pass(phase, gave);
      },
    };
  }

  #begin(name: string): Passage {
    const occurrence = this.#count(name);
    return {
      pass: (phase) => {
        // Before anything waits: a worker whose task is settled holds none, wherever it is stopped.
        if (phase === "after" && SETTLEMENT.test(name)) this.#openSteps--;
        // So ends a drain that had claims.
        if (phase === "after" && name === "retire_worker") this.#becomeIdle();
        return this.#pass({ name, occurrence, phase });
      },
    };
  }

  /** Claims count by what they give: a worker also looks in vain, and while it has a step under way. */
  #beginClaim(): Passage {
    const isBetweenSteps = this.#openSteps === 0;
    const number = (this.#counts.get(CLAIM) ?? 0) + 1;
    return {
      pass: async (phase, gave = false) => {
        if (phase === "before" && isBetweenSteps) {
          return await this.#pass({ name: CLAIM, occurrence: number, phase });
        }
        if (phase === "after" && gave) {
          this.#openSteps++;
          this.#hadClaims = true;
          return await this.#pass({ name: CLAIM, occurrence: this.#count(CLAIM), phase });
        }
        if (phase === "after" && !this.#hadClaims) this.#becomeIdle();
      },
    };
  }

  #becomeIdle(): void {
    this.#hadClaims = false;
    this.#stop.resolve("idle");
  }

  #count(name: string): number {
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    return count;
  }

  async #pass(point: Point): Promise<void> {
    this.#seen.push(point);
    if (!this.#trap || !isSame(point, this.#trap)) return;
    this.#frozen = Promise.withResolvers();
    this.#stop.resolve("trapped");
    await this.#frozen.promise;
  }
}

export function isSame(left: Point, right: Point): boolean {
  return left.name === right.name && left.occurrence === right.occurrence &&
    left.phase === right.phase;
}
