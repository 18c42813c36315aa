import { abortReason } from "./abort_signals.ts";
import { type AccessToken, notSignedIn } from "./access.ts";
import { MakeIt3DError, RefusedError, UnreachableError } from "./errors.ts";
import type { Answer, Exchange, WireRequest } from "./exchange.ts";
import type { FileBytes } from "./files.ts";
import { clientNames } from "./requests.ts";

const TIMEOUT_SECONDS = 60;

export interface ApiOptions {
  readonly projectUrl: string;
  readonly apiKey: string;
  readonly publishableKey?: string | undefined;
  readonly accessToken: AccessToken;
  readonly exchange: Exchange;
}

export interface Call {
  readonly method?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutSeconds?: number;
}

/** What a request is for whoever sends it: the rest is the same of all. */
type Sending = Omit<Call, "body"> & Partial<Pick<WireRequest, "body" | "onSent">>;

/** One request to the project, under the user's token. Nothing is repeated here but for a new token. */
export class Api {
  readonly projectUrl: string;
  readonly #options: ApiOptions;

  constructor(options: ApiOptions) {
    this.projectUrl = options.projectUrl.replace(/\/+$/, "");
    this.#options = options;
  }

  async token(refused?: string): Promise<string> {
    const token = await this.#options.accessToken(refused);
    if (!token) throw notSignedIn();
    return token;
  }

  /** Asks a function. Returns its answer; undefined for one that has nothing new (304). */
  async ask(path: string, { body, headers, ...call }: Call = {}): Promise<unknown> {
    const response = await this.#send(`/functions/v1/${path}`, {
      ...call,
      headers: {
        "x-api-key": this.#options.apiKey,
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return response.status === 304 ? undefined : parsed(response.text);
  }

  /** Puts a file into Storage; one of the same name is replaced, so that it may be sent twice. */
  async put(
    path: string,
    { bytes, type }: FileBytes,
    options: Pick<Sending, "signal" | "onSent">,
  ): Promise<void> {
    await this.#send(`/storage/v1/object/${path}`, {
      ...options,
      method: "POST",
      headers: { "content-type": type, "x-upsert": "true" },
      body: bytes,
      // A phone's uplink may be slow.
      timeoutSeconds: 10 * TIMEOUT_SECONDS,
    });
  }

  async #send(path: string, sending: Sending): Promise<Answer> {
    const token = await this.token();
    const answer = await this.#sendOnce(path, sending, token);
    if (!refusesToken(answer)) return checked(answer);
    const renewed = await this.token(token);
    return checked(renewed === token ? answer : await this.#sendOnce(path, sending, renewed));
  }

  async #sendOnce(path: string, sending: Sending, token: string): Promise<Answer> {
    const { method = "GET", body = null, headers, signal, onSent } = sending;
    const { publishableKey, exchange } = this.#options;
    if (signal?.aborted) throw abortReason(signal);
    // React Native has neither AbortSignal.any nor, always, AbortSignal.timeout.
    const controller = new AbortController();
    const abort = (): void => controller.abort();
    const timer = setTimeout(abort, (sending.timeoutSeconds ?? TIMEOUT_SECONDS) * 1000);
    signal?.addEventListener("abort", abort);
    try {
      return await exchange({
        url: this.projectUrl + path,
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(publishableKey && { apikey: publishableKey }),
          ...headers,
        },
        body,
        signal: controller.signal,
        onSent,
      });
    } catch (cause) {
      if (signal?.aborted) throw abortReason(signal);
      throw new UnreachableError(`No answer from ${this.projectUrl}${path}`, { cause });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    }
  }
}

function checked(answer: Answer): Answer {
  const { status, text, header } = answer;
  if (status < 300 || status === 304) return answer;
  const body = refusalBody(text);
  const after = Number(header("retry-after") ?? NaN);
  throw new RefusedError({
    status,
    code: body.error ?? `http_${status}`,
    message: clientNames(body.message ?? `The answer was ${status}`),
    fields: body.details?.map(({ field, message }) => ({
      field: clientNames(field),
      message: clientNames(message),
    })),
    requestId: body.request_id ?? header("x-request-id") ?? undefined,
    retryAfterSeconds: after >= 0 ? after : undefined,
  });
}

/** Storage answers 400 where a token has expired, and says in the body what it means. */
function refusesToken({ status, text }: Answer): boolean {
  if (status !== 400) return status === 401;
  return ["401", "403"].includes(refusalBody(text).statusCode ?? "");
}

interface RefusalBody {
  readonly error?: string;
  readonly message?: string;
  readonly details?: readonly { field: string; message: string }[];
  readonly request_id?: string;
  /** Storage's. */
  readonly statusCode?: string;
}

/** What a proxy answers is no JSON. */
function refusalBody(text: string): RefusalBody {
  try {
    return (JSON.parse(text) ?? {}) as RefusalBody;
  } catch {
    return {};
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnreachableError("An answer was cut off, or is not the backend's", { cause });
  }
}

/** Whether an answer leaves open if the request was accepted: then it is asked about later. */
export function isOpen(error: unknown): boolean {
  if (error instanceof RefusedError) return error.status >= 500 && error.code !== "unavailable";
  return !(error instanceof MakeIt3DError) || error instanceof UnreachableError;
}
