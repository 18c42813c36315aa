import type { z } from "zod";
import type { Bytes } from "../../bytes.ts";
import type { MarkSent, Output, ReserveMemory } from "../adapter.ts";
import {
  ProviderError,
  type ProviderErrorCode,
  type ProviderErrorOptions,
} from "../provider_error.ts";
import type { Provider } from "../provider_operation.ts";
import { CallTimeout } from "./call_timeout.ts";
import { answerBytes, readBytes } from "./read_bytes.ts";
import { readConnectionFailure } from "./connection_failure.ts";
import { downloadOutput } from "./download.ts";
import { checkResponseUrl, type ResponseUrlPolicy } from "./response_url.ts";
import { codeOfForeign } from "./foreign_answer.ts";
import { isOutcomeUnknown } from "./error_status.ts";
import { retryAfterSeconds } from "./retry_after.ts";
import { send } from "./send.ts";

/** What a refusal may be about that is neither our account's nor the operator's doing. */
export interface ClientChoice {
  /** What the client wrote, and an error may repeat. Default: nothing. */
  readonly clientWords?: string;
  /** The client chose something of the provider's: a model, a style, an earlier task. Default: no. */
  readonly hasClientChoice?: boolean;
  /** The model is ours: the client named none, and can mend nothing if it is gone. Default: no. */
  readonly hasDefaultModel?: boolean;
}

/** What a provider says when it says no. */
export interface ErrorResponse extends Required<ClientChoice> {
  readonly status: number;
  /** The body as JSON, or as text where it is none. */
  readonly body: unknown;
  readonly headers: Headers;
  /** Whether it refuses something that would have been billed. */
  readonly billable: boolean;
}

/** What that means. */
export interface ErrorClassification extends
  Pick<
    ProviderErrorOptions,
    "retryAfterSeconds" | "ambiguous" | "final" | "endedUnbilled" | "pauseScope"
  > {
  readonly code: ProviderErrorCode;
  /** For the operator; where it is written, it is cut and what is secret in it taken out. */
  readonly message: string;
}

/** What is particular about one provider's API. */
export interface ApiConfig extends ResponseUrlPolicy {
  readonly provider: Pick<Provider, "name" | "otherHosts" | "resultHosts">;
  /** Without a slash at its end; paths are put behind it. */
  readonly baseUrl: string;
  /** What proves who we are; sent to the provider itself and nowhere else. */
  readonly credentials: Readonly<Record<string, string>>;
  /** More hosts of results, which the operator has added. */
  readonly resultHosts?: readonly string[] | undefined;
  readonly requestIdHeader: string;
  /** Besides those of gateways: the provider may have done the work that it refuses so. */
  readonly unknownOutcomeStatuses?: readonly number[];
  classify(response: ErrorResponse): ErrorClassification;
  /** Whether an error is in the provider's own form, and not one of what stands in front of it. */
  isOwnError(response: ErrorResponse): boolean;
  /** For a provider that says no under a status of success, too. */
  isErrorBody?(body: unknown): boolean;
}

export interface ApiRequest extends ClientChoice {
  /** Behind the base URL, or a whole URL out of an earlier answer. */
  readonly path: string;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: FormData | string;
  /** For what the provider bills: says so before it goes out. */
  readonly billable: false | MarkSent;
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
}

/** For what answers with the result itself. */
export interface BytesRequest extends ApiRequest {
  readonly reserveMemory: ReserveMemory;
  /** How long the result may be where the answer does not tell, in bytes. */
  readonly assumedBytes: number;
}

/** A readable answer. */
export interface ApiAnswer<Body> {
  readonly body: Body;
  readonly headers: Headers;
  readonly requestId: string | undefined;
}

/** A provider's API. Each method asks once, or throws a ProviderError. */
export interface Api {
  json<Schema extends z.ZodType>(
    request: ApiRequest,
    schema: Schema,
  ): Promise<ApiAnswer<z.output<Schema>>>;
  bytes(request: BytesRequest): Promise<ApiAnswer<Bytes>>;
  /** A result that the provider keeps at a URL for a while; fetched without our credentials. */
  output(url: string, signal: AbortSignal): Output;
}

export function createApi(config: ApiConfig): Api {
  const { provider, resultHosts = [] } = config;
  const { otherHosts: ownHosts = [], resultHosts: knownHosts = [] } = provider;
  // To the hosts of results goes nothing of ours, so only they are more.
  const otherHosts = [...ownHosts, ...knownHosts, ...resultHosts];
  const resultPolicy = { ...config, provider: { ...provider, otherHosts } };

  async function ask<Body>(
    request: ApiRequest,
    read: (response: Response, timeout: CallTimeout) => Promise<Body>,
  ): Promise<ApiAnswer<Body>> {
    const { signal, timeoutSeconds } = request;
    const { clientWords = "", hasClientChoice = false, hasDefaultModel = false } = request;
    const billable = request.billable !== false;
    const about = { billable, clientWords, hasClientChoice, hasDefaultModel };
    if (request.billable) await request.billable();
    const timeout = new CallTimeout(timeoutSeconds, new DOMException("Late", "TimeoutError"));
    let requestId: string | undefined;
    try {
      const response = await sendTo(config, request, AbortSignal.any([signal, timeout.signal]));
      const { ok, status, headers } = response;
      requestId = headers.get(config.requestIdHeader) ?? undefined;
      if (!ok) {
        const body = parse(await response.text());
        throw errorOf(config, { status, headers, body, ...about }, requestId);
      }
      const body = await read(response, timeout);
      if (config.isErrorBody?.(body)) {
        throw errorOf(config, { status, headers, body, ...about }, requestId);
      }
      return { body, headers, requestId };
    } catch (error) {
      throw readConnectionFailure(error, {
        provider: config.provider.name,
        signal,
        billable,
        timedOut: timeout.signal.aborted,
        providerRequestId: requestId,
      });
    } finally {
      timeout.end();
    }
  }

  return {
    async json(request, schema) {
      const answer = await ask(request, (response) => response.json());
      const { data, error } = schema.safeParse(answer.body);
      if (error === undefined) return { ...answer, body: data };
      throw new ProviderError("invalid_result", `Unexpected answer of ${config.provider.name}`, {
        cause: error,
        ambiguous: request.billable !== false,
        providerRequestId: answer.requestId,
      });
    },
    bytes: (request) =>
      ask(request, async (response, timeout) => {
        const bytes = answerBytes(response.headers) ?? request.assumedBytes;
        await timeout.standStill(() => request.reserveMemory(bytes));
        return await readBytes(response);
      }),
    output: (url, signal) => downloadOutput(url, resultPolicy, signal),
  };
}

async function sendTo(
  config: ApiConfig,
  { path, method = "POST", headers, body }: ApiRequest,
  signal: AbortSignal,
): Promise<Response> {
  const { baseUrl, credentials } = config;
  const url = path.startsWith("/") ? baseUrl + path : path;
  // What came out of an answer must not take our credentials just anywhere.
  await checkResponseUrl(url, config);
  return await send(url, {
    method,
    headers: { ...headers, ...credentials },
    ...(body !== undefined && { body }),
    signal,
  });
}

function errorOf(
  { classify, isOwnError, unknownOutcomeStatuses }: ApiConfig,
  response: ErrorResponse,
  providerRequestId: string | undefined,
): ProviderError {
  const { code, message, ...classification } = classify(response);
  const known = isOwnError(response) ? code : codeOfForeign(code, response.body);
  return new ProviderError(known, `${response.status}: ${message}`, {
    retryAfterSeconds: retryAfterSeconds(response.headers, Date.now()),
    ambiguous: response.billable && isOutcomeUnknown(response.status, unknownOutcomeStatuses),
    providerRequestId,
    ...classification,
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.trim();
  }
}
