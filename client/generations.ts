import type { Api } from "./api.ts";
import { isTooLate } from "./cancellation.ts";
import type { Clock } from "./clock.ts";
import { type Billed, CanceledError } from "./errors.ts";
import { Follower } from "./follow.ts";
import type { Generation } from "./generation.ts";
import { LiveGeneration, type Owner } from "./live_generation.ts";
import type { Pending, PendingStore } from "./pending.ts";
import type { OnProblem } from "./problems.ts";
import { repeat } from "./repeat.ts";
import type { Operation } from "./requests.ts";
import { type Acceptance, Submissions, type Submitter } from "./submission.ts";

/** What this device has under way. */
export class Generations implements Owner {
  readonly follower: Follower;
  readonly #api: Api;
  readonly #store: PendingStore;
  readonly #clock: Clock;
  readonly #submissions: Submissions;
  readonly #live = new Map<string, LiveGeneration<Operation>>();

  constructor(api: Api, store: PendingStore, clock: Clock) {
    this.follower = new Follower(api, clock);
    this.#api = api;
    this.#store = store;
    this.#clock = clock;
    this.#submissions = new Submissions(api, store, clock);
  }

  /** Submits what was not submitted before. */
  begin<Op extends Operation>(
    user: string,
    pending: Pending,
    onProblem: OnProblem | undefined,
  ): LiveGeneration<Op> {
    return this.#add<Op>(user, pending, (submitter) => {
      const tell: OnProblem = (problem) => {
        submitter.onProblem(problem);
        onProblem?.(problem);
      };
      return this.#submissions.submit(user, pending, { ...submitter, onProblem: tell });
    });
  }

  follow(id: string): Generation {
    return this.#find(id) ?? new LiveGeneration(this, { id, accept: () => known(id) });
  }

  async resume(user: string): Promise<readonly Generation[]> {
    const pending = await this.#store.list(user);
    return pending.map((one) => this.#live.get(one.taskId) ?? this.#take(user, one));
  }

  /** Takes up what was kept. */
  #take(user: string, pending: Pending): Generation {
    if (!pending.isCanceled) {
      const { id } = pending;
      return this.#add(
        user,
        pending,
        (submitter) =>
          id === undefined ? this.#submissions.send(user, pending, submitter) : known(id),
      );
    }
    const find = (): Promise<Acceptance> => this.#submissions.findUnwanted(user, pending);
    const generation = this.#add(user, pending, find);
    // Told to whoever waits for its result.
    generation.cancel().catch(() => {});
    return generation;
  }

  #add<Op extends Operation>(
    user: string,
    { taskId, scope, id }: Pending,
    accept: (submitter: Submitter) => Promise<Acceptance>,
  ): LiveGeneration<Op> {
    const generation = new LiveGeneration<Op>(this, { user, taskId, scope, id, accept });
    this.#live.set(taskId, generation);
    generation.accepted.catch(() => this.#live.delete(taskId));
    return generation;
  }

  async cancel(generation: LiveGeneration<Operation>): Promise<{ readonly billed: Billed }> {
    const { user, taskId } = generation;
    const note = async (change: (known: Pending) => Pending): Promise<void> => {
      if (user !== undefined && taskId !== undefined) {
        await this.#store.update(user, taskId, change);
      }
    };
    // Kept first, so that a restart does not take up what nobody wants.
    await note((known) => ({ ...known, isCanceled: true }));
    generation.stopSubmitting();
    try {
      const id = await generation.accepted;
      const { billed } = await this.#delete(`tasks/${id}`);
      await this.forget(generation);
      this.follower.wake();
      return { billed };
    } catch (error) {
      if (error instanceof CanceledError) return { billed: error.billed };
      if (isTooLate(error)) await note(({ isCanceled: _, ...known }) => known);
      throw error;
    }
  }

  async remove(id: string): Promise<{ readonly billed: Billed }> {
    const { billed } = await this.#delete(`tasks/${id}?purge=true`);
    const known = this.#find(id);
    if (known) await this.forget(known);
    this.follower.wake();
    return { billed };
  }

  async forget({ user, taskId }: LiveGeneration<Operation>): Promise<void> {
    if (user === undefined || taskId === undefined) return;
    this.#live.delete(taskId);
    // It would be found ended, and forgotten, after the next start.
    await this.#store.remove(user, taskId).catch(() => {});
  }

  wake(): void {
    this.follower.wake();
  }

  close(): void {
    for (const generation of this.#live.values()) generation.close();
  }

  #find(id: string): LiveGeneration<Operation> | undefined {
    return [...this.#live.values()].find((one) => one.id === id);
  }

  async #delete(path: string): Promise<{ readonly billed: Billed }> {
    const ask = (): Promise<unknown> => this.#api.ask(path, { method: "DELETE" });
    return await repeat(ask, this.#clock) as { readonly billed: Billed };
  }
}

/** Of what was accepted before, nothing more is said. */
function known(id: string): Promise<Acceptance> {
  return Promise.resolve({ id, warnings: [] });
}
