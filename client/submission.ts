import type { Api } from "./api.ts";
import { isOpen } from "./api.ts";
import type { Clock } from "./clock.ts";
import { CanceledError, MakeIt3DError, RefusedError, UnreachableError } from "./errors.ts";
import type { components } from "./generated/api.ts";
import type { Pending, PendingStore } from "./pending.ts";
import type { OnProblem } from "./problems.ts";
import { repeat } from "./repeat.ts";
import { clientNames } from "./requests.ts";

type AcceptedBody = components["schemas"]["Accepted"];

/** What the backend says of a request that it takes. */
export interface Acceptance {
  readonly id: string;
  /** What was mapped or ignored, in words for the developer. */
  readonly warnings: readonly string[];
}

/** Who waits until a request is accepted. */
export interface Submitter {
  /** Aborted when nobody wants it any more. */
  readonly signal: AbortSignal;
  readonly onProblem: OnProblem;
}

/** A request that is kept before it is sent, so that whatever happens it is bought once. */
export class Submissions {
  readonly #api: Api;
  readonly #store: PendingStore;
  readonly #clock: Clock;

  constructor(api: Api, store: PendingStore, clock: Clock) {
    this.#api = api;
    this.#store = store;
    this.#clock = clock;
  }

  /** Keeps the request, and has it accepted. */
  async submit(user: string, pending: Pending, submitter: Submitter): Promise<Acceptance> {
    await this.#store.add(user, pending);
    return await this.send(user, pending, submitter, false);
  }

  /**
   * Has a request accepted that is kept already.
   *
   * @param wasOpen Whether nobody knows what became of an earlier attempt.
   */
  async send(
    user: string,
    pending: Pending,
    submitter: Submitter,
    wasOpen = true,
  ): Promise<Acceptance> {
    const { body, operation, taskId } = pending;
    const path = `generation/${operation}`;
    const post = async (): Promise<unknown> => {
      try {
        return await this.#api.ask(path, { method: "POST", body });
      } catch (error) {
        wasOpen ||= isOpen(error);
        throw error;
      }
    };
    let accepted: unknown;
    try {
      accepted = await repeat(post, this.#clock, submitter);
    } catch (cause) {
      const isUnwanted = submitter.signal.aborted && !(cause instanceof MakeIt3DError);
      if (isUnwanted) return await this.findUnwanted(user, pending, wasOpen);
      if (wasOpen && !isSettled(cause)) {
        const message = `It is not known whether ${taskId} was accepted`;
        throw new UnreachableError(message, { cause });
      }
      await this.#store.remove(user, taskId);
      throw cause;
    }
    const { celery_task_id: id, warnings } = accepted as AcceptedBody;
    // Where this cannot be kept, the request is, and is sent again.
    const noteId = ({ body: _, ...known }: Pending): Pending => ({ ...known, id });
    await this.#store.update(user, taskId, noteId).catch(() => {});
    return { id, warnings: warnings.map(clientNames) };
  }

  /**
   * What nobody wants any more is not sent again. Returns what was accepted of it, which is to be
   * canceled; rejects with a `CanceledError` where nothing was.
   */
  async findUnwanted(user: string, pending: Pending, wasOpen = true): Promise<Acceptance> {
    const id = wasOpen ? await this.#find(pending) : undefined;
    if (id !== undefined) return { id, warnings: [] };
    await this.#store.remove(user, pending.taskId);
    throw new CanceledError("no");
  }

  /** The id of a request that may have been accepted; undefined: it was not. */
  async #find(pending: Pending): Promise<string | undefined> {
    if (pending.id !== undefined) return pending.id;
    const path = `generation/${pending.operation}?dry_run=true`;
    const ask = (): Promise<unknown> => this.#api.ask(path, { method: "POST", body: pending.body });
    const { celery_task_id: id } = await repeat(ask, this.#clock) as { celery_task_id?: string };
    return id;
  }
}

/** Whether a refusal says that no earlier attempt was accepted: that one would have been answered again. */
function isSettled(error: unknown): boolean {
  return error instanceof RefusedError && [400, 404, 409].includes(error.status);
}
