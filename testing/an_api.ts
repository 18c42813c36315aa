import { z } from "zod";
import {
  type Api,
  type ApiConfig,
  type ApiRequest,
  type BytesRequest,
  createApi,
} from "../shared/providers/transport/api.ts";

/** The API of a made-up provider at an address. */
export function anApi(baseUrl: string, changes: Partial<ApiConfig> = {}): Api {
  return createApi({
    provider: { name: "Acme" },
    baseUrl,
    credentials: { authorization: "Bearer secret" },
    requestIdHeader: "x-acme-id",
    classify: ({ body }) => ({ code: "provider_rejected", message: JSON.stringify(body) }),
    isOwnError: () => true,
    ...changes,
  });
}

/** A request that is billed unless told. */
export function aRequest(
  { billable = true, ...changes }: Partial<Omit<ApiRequest, "billable">> & {
    readonly billable?: boolean;
  } = {},
): ApiRequest {
  return {
    path: "/things",
    ...(changes.method !== "GET" && { body: "{}" }),
    billable: billable && (() => Promise.resolve()),
    timeoutSeconds: 60,
    signal: new AbortController().signal,
    ...changes,
  };
}

/** A request for a result itself. */
export function aBytesRequest(changes: Partial<BytesRequest> = {}): BytesRequest {
  const reserveMemory = (): Promise<void> => Promise.resolve();
  return { ...aRequest(), reserveMemory, assumedBytes: 1_000, ...changes };
}

export const thing = z.object({ thing: z.string() });
