import type { Bytes } from "../../bytes.ts";
import { sleep } from "../../sleep.ts";
import type { Content, Output } from "../adapter.ts";
import { ProviderError } from "../provider_error.ts";
import { readConnectionFailure } from "./connection_failure.ts";
import {
  isRestOf,
  rangeHeaders,
  type ResumableFile,
  resumableFile,
  sizeOf,
} from "./partial_content.ts";
import { checkResponseUrl, type ResponseUrlPolicy } from "./response_url.ts";
import { SpeedFloor, type SpeedLimit } from "./speed_floor.ts";

export interface DownloadLimits {
  /** For all of it: what takes longer than this is fetched again later. */
  readonly timeoutSeconds: number;
  readonly speed: SpeedLimit;
  /** Waits before a download that broke off goes on, in milliseconds; that often it may break off. */
  readonly resumeDelays: readonly number[];
}

/**
 * A model of 150 MB at 500 KB a second. The floor is far below what any line does that is not broken:
 * it ends what would hold an isolate until the isolate ends.
 */
const LIMITS: DownloadLimits = {
  timeoutSeconds: 300,
  speed: { bytesPerSecond: 8_000, windowSeconds: 20 },
  resumeDelays: [250, 1_000, 2_000, 4_000],
};

/** A result comes too slowly. Another try at once would be as slow: it is fetched again later. */
export class SlowDownload extends ProviderError {
  constructor(provider: string) {
    super("provider_unavailable", `The result of ${provider} comes too slowly`);
  }
}

/**
 * A result that the provider keeps at a URL for a while. It is fetched without our credentials,
 * and not from just anywhere.
 */
export function downloadOutput(
  url: string,
  policy: ResponseUrlPolicy,
  signal: AbortSignal,
  limits: Partial<DownloadLimits> = {},
): Output {
  return { open: () => new Download(url, policy, signal, { ...LIMITS, ...limits }).open() };
}

/** One fetch of a file from its beginning, which goes on where it was when its connection breaks. */
class Download {
  readonly #url: string;
  readonly #policy: ResponseUrlPolicy;
  /** The step's own. */
  readonly #step: AbortSignal;
  readonly #signal: AbortSignal;
  readonly #timeout: AbortSignal;
  readonly #speed: SpeedFloor;
  readonly #resumeDelays: number[];
  readonly #controller = new AbortController();
  #reader: ReadableStreamDefaultReader<Bytes> | undefined;
  #file: ResumableFile | undefined;
  #length = 0;

  constructor(
    url: string,
    policy: ResponseUrlPolicy,
    signal: AbortSignal,
    { timeoutSeconds, speed, resumeDelays }: DownloadLimits,
  ) {
    this.#url = url;
    this.#policy = policy;
    this.#step = signal;
    this.#timeout = AbortSignal.timeout(timeoutSeconds * 1000);
    this.#signal = AbortSignal.any([signal, this.#timeout, this.#controller.signal]);
    this.#speed = new SpeedFloor(speed);
    this.#resumeDelays = [...resumeDelays];
  }

  async open(): Promise<Content> {
    const { name } = this.#policy.provider;
    await checkResponseUrl(this.#url, this.#policy);
    const response = await this.#wait(this.#fetch({})).catch((error) => {
      throw readConnectionFailure(error, {
        provider: name,
        signal: this.#step,
        billable: false,
        timedOut: this.#timeout.aborted,
      });
    });
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      // Gone or refused: the URL has died, and a newer one may be had. Anything else passes.
      const code = response.status >= 500 || response.status === 429
        ? "provider_unavailable"
        : "invalid_result";
      throw new ProviderError(code, `The result of ${name} answers ${response.status}`);
    }
    this.#reader = response.body.getReader();
    this.#file = resumableFile(response.headers);
    return { body: this.#body(), size: sizeOf(response.headers) };
  }

  #fetch(headers: Readonly<Record<string, string>>): Promise<Response> {
    return fetch(this.#url, { headers, redirect: "manual", signal: this.#signal });
  }

  /** Holds no part of the file: it is read when its reader wants more. */
  #body(): ReadableStream<Bytes> {
    return new ReadableStream({
      pull: async (controller) => {
        const part = await this.#next();
        if (part) controller.enqueue(part);
        else controller.close();
      },
      cancel: (reason) => this.#controller.abort(reason),
    }, { highWaterMark: 0 });
  }

  /** The next part; undefined at the end. */
  async #next(): Promise<Bytes | undefined> {
    for (;;) {
      try {
        const { value } = await this.#read();
        this.#length += value?.length ?? 0;
        return value;
      } catch (error) {
        await this.#resume(error);
      }
    }
  }

  async #read(): Promise<ReadableStreamReadResult<Bytes>> {
    if (!this.#reader) throw new Error("Not connected");
    return await this.#wait(this.#reader.read(), ({ value }) => value?.length ?? 0);
  }

  /** Goes on behind what has been read, or throws why it broke off. */
  async #resume(reason: unknown): Promise<void> {
    const file = this.#file;
    this.#reader = undefined;
    for (;;) {
      const delay = this.#resumeDelays.shift();
      this.#throwIfEnded();
      if (!file || delay === undefined) throw reason;
      await sleep(delay, this.#signal);
      this.#throwIfEnded();
      const response = await this.#wait(this.#fetch(rangeHeaders(file, this.#length)))
        .catch(() => undefined);
      if (response?.body && isRestOf(file, this.#length, response)) {
        this.#reader = response.body.getReader();
        return;
      }
      await response?.body?.cancel();
      this.#throwIfEnded();
      // Another file by now, or none: whoever wants it begins anew.
      if (response && response.status < 500 && response.status !== 429) throw reason;
    }
  }

  #throwIfEnded(): void {
    if (this.#timeout.aborted) throw new SlowDownload(this.#policy.provider.name);
    this.#signal.throwIfAborted();
  }

  /** Waits no longer than the speed so far allows. */
  async #wait<T>(work: Promise<T>, bytesOf: (result: T) => number = () => 0): Promise<T> {
    const startedAt = performance.now();
    const slow = new SlowDownload(this.#policy.provider.name);
    const timer = setTimeout(() => this.#controller.abort(slow), this.#speed.allowance);
    try {
      const result = await work;
      this.#speed.note(bytesOf(result), performance.now() - startedAt);
      return result;
    } catch (error) {
      this.#speed.note(0, performance.now() - startedAt);
      throw this.#controller.signal.reason ?? error;
    } finally {
      clearTimeout(timer);
    }
  }
}
