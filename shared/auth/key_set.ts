import type { JSONWebKeySet, JWTVerifyGetKey } from "jose";
import * as errors from "jose/errors";
import { createLocalJWKSet } from "jose/jwks/local";
import { ApiError } from "../contract/errors.ts";

/** Tokens with invented key ids must not cause as many requests to Auth. */
const COOLDOWN_MILLISECONDS = 10_000;
/** The longest that a request waits. */
const TIMEOUT_MILLISECONDS = 3_000;

/** Fetches the project's public keys from Auth. */
export type FetchKeySet = () => Promise<JSONWebKeySet>;

/**
 * Finds the project's public key for a token. Keys are cached; they are refetched only for an unknown
 * key id, once for all requests that wait, and at most once in ten seconds, whether Auth answers or not
 * (jose's own remote set repeats a failing request without a pause).
 *
 * A key that Auth does not have either is a 401. If Auth is unreachable the answer is 503, not 401:
 * apps sign a user out for a 401, and the token may be valid.
 */
export function createKeySet(
  known: JSONWebKeySet | undefined,
  fetchKeySet: FetchKeySet,
  now: () => number = Date.now,
): JWTVerifyGetKey {
  let keys = createLocalJWKSet(known ?? { keys: [] });
  let refresh: { readonly at: number; readonly done: Promise<void> } | undefined;

  async function fetchKeys(): Promise<void> {
    keys = createLocalJWKSet(await fetchKeySet());
  }

  async function refreshed(): Promise<void> {
    if (!refresh || now() - refresh.at >= COOLDOWN_MILLISECONDS) {
      refresh = { at: now(), done: fetchKeys() };
    }
    await refresh.done.catch((cause) => {
      throw new ApiError("unavailable", "The token cannot be checked at the moment; try again", {
        cause,
      });
    });
  }

  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || header.kid === undefined) throw error;
    }
    await refreshed();
    return await keys(header, token);
  };
}

/** Reads the key set that Auth publishes at the URL. */
export function fetchKeySetFrom(url: string): FetchKeySet {
  return async () => {
    const response = await fetch(url, {
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`Auth answered ${response.status} instead of its keys`);
    }
    return await response.json();
  };
}
