import type { Api } from "./api.ts";
import { isOpen } from "./api.ts";
import type { Clock } from "./clock.ts";
import { RefusedError, UnreachableError } from "./errors.ts";
import type { components } from "./generated/api.ts";
import type { Pending, PendingStore } from "./pending.ts";
import { repeat } from "./repeat.ts";

type AcceptedBody = components["schemas"]["Accepted"];

/** What the backend says of a request that it takes. */
export interface Acceptance {
  readonly id: string;
  /** What was mapped or ignored, in words for the developer. */
  readonly warnings: readonly string[];
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
  async submit(user: string, pending: Pending): Promise<Acceptance> {
    await this.#store.add(user, pending);
    return await this.send(user, pending, false);
  }

  /**
   * Has a request accepted that is kept already.
   *
   * @param wasOpen Whether nobody knows what became of an earlier attempt.
   */
  async send(user: string, pending: Pending, wasOpen: boolean): Promise<Acceptance> {
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
      accepted = await repeat(post, this.#clock);
    } catch (cause) {
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
    return { id, warnings };
  }

  /** The id of a request that may have been accepted; undefined: it was not. */
  async find(pending: Pending): Promise<string | undefined> {
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
