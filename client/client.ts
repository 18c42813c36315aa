import { accessTokenOf, projectUrlOf, userOf } from "./access.ts";
import {
  type Account,
  type Availability,
  type Estimate,
  type Page,
  type Result,
  type Task,
  taskOf,
} from "./answers.ts";
import { Api, type Call } from "./api.ts";
import { camelCase } from "./camel_case.ts";
import { orCancel } from "./cancellation.ts";
import type { Clock } from "./clock.ts";
import { type Billed, CanceledError } from "./errors.ts";
import { exchangeOf } from "./exchange.ts";
import { type FileInput, readBy } from "./files.ts";
import type { Accepted, Generation } from "./generation.ts";
import { Generations } from "./generations.ts";
import type { LiveGeneration } from "./live_generation.ts";
import { tellNews } from "./news.ts";
import type {
  GenerateOptions,
  ListOptions,
  Options,
  SubmitOptions,
  UploadOptions,
} from "./options.ts";
import { defaultStorage, PendingStore } from "./pending.ts";
import type { OnProblem } from "./problems.ts";
import { randomId } from "./random_id.ts";
import { repeat } from "./repeat.ts";
import {
  bodyOf,
  clientNames,
  type Operation,
  type ProviderOf,
  type RequestOf,
} from "./requests.ts";
import { type UploadedFile, Uploads } from "./uploads.ts";

/** What an app does with the backend. `createMakeIt3D` makes one. */
export class MakeIt3D {
  readonly #clock: Clock;
  readonly #api: Api;
  readonly #uploads: Uploads;
  readonly #generations: Generations;

  constructor(options: Options, clock: Clock) {
    const project = "supabase" in options
      ? {
        projectUrl: projectUrlOf(options.supabase),
        accessToken: options.accessToken ?? accessTokenOf(options.supabase),
      }
      : { ...options, projectUrl: options.url };
    const { apiKey, fetch: appFetch, prepare } = options;
    this.#clock = clock;
    this.#api = new Api({ ...project, apiKey, exchange: exchangeOf(appFetch) });
    const readFile = options.readFile ?? readBy(appFetch ?? ((uri) => fetch(uri)));
    this.#uploads = new Uploads(this.#api, clock, { readFile, prepare });
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
    const { signal } = options;
    const generation = await this.#begin(operation, request, options);
    const leave = tellNews(generation, options);
    try {
      const result = generation.result({ signal });
      // Where it is too late to cancel: what is paid is not thrown away.
      return await orCancel(result, generation, options, this.#clock) ?? await generation.result();
    } finally {
      leave();
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
    const fields = await this.#fieldsOf(operation, request, options);
    const body = { ...fields, task_id: randomId() };
    const { signal, onProblem } = options;
    const call = { method: "POST", body, signal };
    const answer = await this.#ask(`generation/${operation}?dry_run=true`, call, onProblem);
    const estimate = camelCase(answer) as Estimate;
    return { ...estimate, warnings: estimate.warnings.map(clientNames) };
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
    const [url = ""] = await this.#uploads.put([{ file }], options);
    return { url };
  }

  /** The user's plan, and what is left of it. */
  async account(): Promise<Account> {
    return camelCase(await this.#ask("account")) as Account;
  }

  /** What can be asked for now: each operation of each provider that the app's key allows. */
  async availability(): Promise<readonly Availability[]> {
    const { operations } = camelCase(await this.#ask("generation/availability")) as {
      readonly operations: readonly Availability[];
    };
    return operations;
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
    const fields = await this.#fieldsOf(operation, request, options);
    const user = userOf(await this.#api.token());
    if (signal?.aborted) throw new CanceledError("no", { cause: signal.reason });
    const body = { ...fields, task_id: taskId };
    const pending = { taskId, operation, body, ...(scope !== undefined && { scope }) };
    const generation = this.#generations.begin<Op>(user, pending, options.onProblem);
    await orCancel(generation.whenAccepted(signal), generation, options, this.#clock);
    return generation;
  }

  async #ask(path: string, call: Call = {}, onProblem?: OnProblem): Promise<unknown> {
    const { signal } = call;
    return await repeat(() => this.#api.ask(path, call), this.#clock, { signal, onProblem });
  }

  /** The request as the API takes it, its files uploaded. */
  async #fieldsOf(
    operation: Operation,
    request: Readonly<Record<string, unknown>> & { readonly provider: string },
    options: UploadOptions,
  ): Promise<Record<string, unknown>> {
    try {
      return await bodyOf(operation, request, (files) => this.#uploads.put(files, options));
    } catch (error) {
      throw options.signal?.aborted ? new CanceledError("no", { cause: error }) : error;
    }
  }
}
