import { accessTokenOf, projectUrlOf, userOf } from "./access.ts";
import {
  type Account,
  type Estimate,
  type Page,
  type Result,
  type Task,
  taskOf,
} from "./answers.ts";
import { Api, type Call } from "./api.ts";
import { camelCase } from "./camel_case.ts";
import type { Clock } from "./clock.ts";
import { type Billed, CanceledError, StillRunningError } from "./errors.ts";
import { addressOf, bytesOf, type FileInput, readBy, type ReadFile } from "./files.ts";
import type { Accepted, Generation, LiveGeneration } from "./generation.ts";
import { Generations } from "./generations.ts";
import type {
  GenerateOptions,
  ListOptions,
  Options,
  SubmitOptions,
  UploadOptions,
} from "./options.ts";
import { defaultStorage, PendingStore } from "./pending.ts";
import { randomId } from "./random_id.ts";
import { repeat } from "./repeat.ts";
import { bodyOf, type Operation, type ProviderOf, type RequestOf } from "./requests.ts";

/** A file in the user's folder of Storage. */
export interface UploadedFile {
  readonly url: string;
}

/** What an app does with the backend. `createMakeIt3D` makes one. */
export class MakeIt3D {
  readonly #options: Options;
  readonly #clock: Clock;
  readonly #api: Api;
  readonly #readFile: ReadFile;
  readonly #generations: Generations;

  constructor(options: Options, clock: Clock) {
    const fetch = options.fetch ?? ((...args) => globalThis.fetch(...args));
    const project = "supabase" in options
      ? {
        projectUrl: projectUrlOf(options.supabase),
        accessToken: options.accessToken ?? accessTokenOf(options.supabase),
      }
      : { ...options, projectUrl: options.url };
    this.#options = options;
    this.#clock = clock;
    this.#api = new Api({ ...project, apiKey: options.apiKey, fetch });
    this.#readFile = options.readFile ?? readBy(fetch);
    const store = new PendingStore(options.storage ?? defaultStorage(), this.#api.projectUrl);
    this.#generations = new Generations(this.#api, store, clock);
  }

  /**
   * Uploads the files of a request, submits it, follows it, and returns the stored result. To abort it
   * cancels the task at the backend; a `TimeoutError` leaves it running (`StillRunningError`).
   */
  async generate<Op extends Operation, Provider extends ProviderOf<Op>>(
    operation: Op,
    request: RequestOf<Op, Provider>,
    options: GenerateOptions = {},
  ): Promise<Result<Op>> {
    const { signal, onUpdate } = options;
    const generation = await this.#begin(operation, request, options);
    const tell = (): void => {
      if (generation.task) onUpdate?.(generation.task);
    };
    const leave = onUpdate && generation.subscribe(tell);
    try {
      return await generation.result({ signal });
    } catch (error) {
      if (!(error instanceof StillRunningError) || !isCancel(options)) throw error;
      const canceled = await this.#generations.cancelSoon(generation, signal);
      if (canceled) throw canceled;
      // It was too late: what is paid is not thrown away.
      return await generation.result();
    } finally {
      leave?.();
    }
  }

  /** Uploads the files of a request, and submits it. Returns how to follow the task. */
  async submit<Op extends Operation, Provider extends ProviderOf<Op>>(
    operation: Op,
    request: RequestOf<Op, Provider>,
    options: SubmitOptions = {},
  ): Promise<Accepted<Op>> {
    const generation = await this.#begin(operation, request, options);
    return await generation.whenAccepted();
  }

  /** What a request would cost, or why it would be refused. Its files are uploaded, nothing is queued. */
  async estimate<Op extends Operation, Provider extends ProviderOf<Op>>(
    operation: Op,
    request: RequestOf<Op, Provider>,
    options: UploadOptions = {},
  ): Promise<Estimate> {
    const { signal } = options;
    const fields = await this.#fieldsOf(operation, request, signal);
    const body = { ...fields, task_id: randomId() };
    const path = `generation/${operation}?dry_run=true`;
    return camelCase(await this.#ask(path, { method: "POST", body, signal })) as Estimate;
  }

  /** Follows a task of the user's by its id: of another device, or from a notification. */
  follow(id: string): Generation {
    return this.#generations.follow(id);
  }

  /** Where a task stands. */
  async get(id: string): Promise<Task> {
    return taskOf(await this.#ask(`tasks/${id}/status`));
  }

  /** The user's tasks, newest first. */
  async list(options: ListOptions = {}): Promise<Page> {
    // React Native's URLSearchParams takes no list.
    const query = Object.entries(options).filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
    const page = await this.#ask(`tasks?${query}`) as {
      readonly tasks: readonly unknown[];
      readonly next_cursor: string | null;
    };
    return { tasks: page.tasks.map(taskOf), nextCursor: page.next_cursor };
  }

  /**
   * What the user had under way on this device when the app ended. What may not have been accepted is
   * sent again, as the same request: it is paid once. Call it when a user is signed in, as often as you
   * like.
   */
  async resume(): Promise<readonly Generation[]> {
    return await this.#generations.resume(userOf(await this.#api.token()));
  }

  /** Puts a file into the user's folder, for several requests. */
  async upload(file: FileInput, options: UploadOptions = {}): Promise<UploadedFile> {
    const { signal } = options;
    const known = addressOf(file);
    if (known !== undefined) return { url: known };
    const { bytes, type } = await bytesOf(file, this.#readFile);
    const path = `inputs/${userOf(await this.#api.token())}/${randomId()}`;
    await repeat(() => this.#api.put(path, bytes, type, signal), this.#clock, signal);
    return { url: `${this.#api.projectUrl}/storage/v1/object/authenticated/${path}` };
  }

  /** The user's plan, and what is left of it. */
  async account(): Promise<Account> {
    return camelCase(await this.#ask("account")) as Account;
  }

  /** Ends a task that has no result yet. Rejects with `task_is_final` where it was too late. */
  async cancel(id: string): Promise<{ readonly billed: Billed }> {
    return await this.follow(id).cancel();
  }

  /** Deletes a task for good, with its results, in whatever state it is. */
  async remove(id: string): Promise<{ readonly billed: Billed }> {
    return await this.#generations.remove(id);
  }

  /** Reads at once whatever is followed: the app is in the foreground, or has a network again. */
  wake(): void {
    this.#generations.wake();
  }

  /** Stops following; tasks go on. */
  close(): void {
    this.#generations.close();
  }

  async #begin<Op extends Operation, Provider extends ProviderOf<Op>>(
    operation: Op,
    request: RequestOf<Op, Provider>,
    options: SubmitOptions,
  ): Promise<LiveGeneration<Op>> {
    const { signal, scope, taskId = randomId() } = options;
    const fields = await this.#fieldsOf(operation, request, signal);
    const user = userOf(await this.#api.token());
    if (signal?.aborted) throw new CanceledError("no", { cause: signal.reason });
    const body = { ...fields, task_id: taskId };
    const pending = { taskId, operation, body, ...(scope !== undefined && { scope }) };
    const generation = this.#generations.begin<Op>(user, pending);
    try {
      await generation.whenAccepted(signal);
    } catch (error) {
      if (!(error instanceof StillRunningError) || !isCancel(options)) throw error;
      const canceled = await this.#generations.cancelSoon(generation, signal);
      if (canceled) throw canceled;
    }
    return generation;
  }

  async #ask(path: string, call: Call = {}): Promise<unknown> {
    return await repeat(() => this.#api.ask(path, call), this.#clock, call.signal);
  }

  /** The request as the API takes it, its files uploaded. */
  async #fieldsOf(
    operation: Operation,
    request: Readonly<Record<string, unknown>> & { readonly provider: string },
    signal: AbortSignal | undefined,
  ): Promise<Record<string, unknown>> {
    const { prepare = (file) => Promise.resolve(file) } = this.#options;
    const { provider } = request;
    try {
      return await bodyOf(operation, request, async (file, field) => {
        const isStored = addressOf(file) !== undefined;
        const prepared = isStored ? file : await prepare(file, { operation, provider, field });
        return (await this.upload(prepared, { signal })).url;
      });
    } catch (error) {
      throw signal?.aborted ? new CanceledError("no", { cause: error }) : error;
    }
  }
}

/** A deadline of the app must not throw away what is paid. */
function isCancel({ onAbort, signal }: SubmitOptions): boolean {
  if (onAbort !== undefined) return onAbort === "cancel";
  return signal?.reason?.name !== "TimeoutError";
}
