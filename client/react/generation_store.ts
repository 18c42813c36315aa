import type { Result, Task } from "../answers.ts";
import type { MakeIt3D } from "../client.ts";
import type { MakeIt3DError } from "../errors.ts";
import type { Generation } from "../generation.ts";
import type { OnProblem } from "../problems.ts";
import type { Operation, ProviderOf, RequestOf } from "../requests.ts";

/** What a component shows of a generation. */
export interface GenerationState<Op extends Operation> {
  readonly status: "idle" | "generating" | "success" | "error";
  /** Percentage of the request's files that has left the device. */
  readonly uploadProgress: number | undefined;
  readonly id: string | undefined;
  readonly task: Task | undefined;
  readonly result: Result<Op> | undefined;
  readonly error: Error | undefined;
  /** What is in the way while it goes on trying. */
  readonly problem: Error | undefined;
}

export interface GenerationEvents<Op extends Operation> {
  readonly onResult?: ((result: Result<Op>) => void) | undefined;
  readonly onError?: ((error: Error) => void) | undefined;
}

const IDLE = {
  status: "idle",
  uploadProgress: undefined,
  id: undefined,
  task: undefined,
  result: undefined,
  error: undefined,
  problem: undefined,
} as const;

/** One generation after the other, as one component shows them. */
export class GenerationStore<Op extends Operation> {
  /** Set anew by each render. */
  events: GenerationEvents<Op> = {};
  readonly #client: MakeIt3D;
  readonly #operation: Op;
  readonly #scope: string | undefined;
  readonly #listeners = new Set<() => void>();
  #state: GenerationState<Op> = IDLE;
  #generation: Generation<Op> | undefined;
  #isMounted = false;
  /** Counts what was begun. */
  #run = 0;
  /** Aborted when what it shows is shown no more. */
  #watch = new AbortController();
  /** Aborted by the user. */
  #canceling = new AbortController();

  constructor(client: MakeIt3D, operation: Op, scope: string | undefined) {
    this.#client = client;
    this.#operation = operation;
    this.#scope = scope;
  }

  readonly subscribe = (listener: () => void): () => void => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): GenerationState<Op> => this.#state;

  /** Begins a new one; one that goes on does so unseen. */
  readonly generate = async <Provider extends ProviderOf<Op>>(
    request: RequestOf<Op, Provider>,
  ): Promise<void> => {
    this.stop();
    const run = this.#run;
    this.#set({ ...IDLE, status: "generating" });
    const canceling = this.#canceling = new AbortController();
    const onUpload = (sent: number, total: number): void => {
      if (run !== this.#run) return;
      this.#set({ ...this.#state, uploadProgress: Math.floor(100 * sent / total) });
    };
    const onProblem: OnProblem = (problem) => {
      if (run === this.#run) this.#set({ ...this.#state, problem });
    };
    const options = { scope: this.#scope, signal: canceling.signal, onUpload, onProblem };
    try {
      const generation = await this.#client.submit(this.#operation, request, options);
      if (run === this.#run) await this.#take(generation);
    } catch (error) {
      if (run === this.#run) this.#fail(error);
    }
  };

  /** The component is there: shows again what it showed, or what its scope left when the app ended. */
  readonly mount = async (): Promise<void> => {
    this.#isMounted = true;
    const { status } = this.#state;
    if (this.#generation && status === "generating") return await this.#take(this.#generation);
    if (this.#scope === undefined || status !== "idle") return;
    const run = this.#run;
    // Nobody may be signed in yet.
    const resumed = await this.#client.resume().catch(() => []);
    const found = resumed.filter(({ scope }) => scope === this.#scope).at(-1);
    if (!found || run !== this.#run || this.#state.status !== "idle") return;
    this.#set({ ...IDLE, status: "generating" });
    await this.#take(found as Generation<Op>);
  };

  /** The component is gone, and the task goes on. */
  readonly unmount = (): void => {
    this.#isMounted = false;
    this.#watch.abort();
  };

  /** Ends it at the backend. Where it is too late, the result comes. */
  readonly cancel = async (): Promise<void> => {
    this.#canceling.abort();
    await this.#generation?.cancel().catch((error: MakeIt3DError) => {
      if (error.code !== "task_is_final") throw error;
    });
  };

  /** Shows it no more; the task goes on. */
  readonly stop = (): void => {
    this.#run++;
    this.#watch.abort();
    this.#generation = undefined;
    this.#set(IDLE);
  };

  async #take(generation: Generation<Op>): Promise<void> {
    this.#generation = generation;
    this.#watch.abort();
    this.#watch = new AbortController();
    // Otherwise it is shown when the component is there.
    if (this.#isMounted) await this.#show(generation, this.#watch.signal);
  }

  async #show(generation: Generation<Op>, signal: AbortSignal): Promise<void> {
    const update = (): void => {
      const { id, task, problem } = generation;
      this.#set({ ...this.#state, id, task, problem });
    };
    const leave = generation.subscribe(update);
    signal.addEventListener("abort", leave);
    update();
    try {
      const result = await generation.result({ signal });
      if (signal.aborted) return;
      this.#set({ ...this.#state, status: "success", task: result, result, problem: undefined });
      this.events.onResult?.(result);
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    } finally {
      leave();
    }
  }

  #fail(error: unknown): void {
    const known = error instanceof Error ? error : new Error(String(error));
    this.#set({ ...this.#state, status: "error", error: known });
    this.events.onError?.(known);
  }

  #set(state: GenerationState<Op>): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
