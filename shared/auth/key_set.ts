import type { JSONWebKeySet, JWTVerifyGetKey } from "jose";
import * as errors from "jose/errors";
import { createLocalJWKSet } from "jose/jwks/local";
import { ApiError } from "../contract/errors.ts";

/** Neither invented key ids nor an Auth that fails must cause as many requests to Auth. */
const COOLDOWN_MILLISECONDS = 10_000;
/** The longest that a request waits. */
const TIMEOUT_MILLISECONDS = 3_000;
/** Keys of this age are fetched anew beside the requests that use them, */
const REFRESH_AGE_MILLISECONDS = 120_000;
/**
 * and of this age before. With the minute for which a token is remembered and the time that a request
 * waits, a key that Auth no longer has works for less than five minutes.
 */
const MAX_AGE_MILLISECONDS = 235_000;
/** While Auth is away: an hour, the life that Supabase gives tokens unless it is told otherwise. */
const MAX_AGE_WITHOUT_AUTH_MILLISECONDS = 3_600_000;

/** Fetches the project's public keys from Auth. */
export type FetchKeySet = () => Promise<JSONWebKeySet>;

/**
 * Finds the project's public key for a token. Keys are cached, and refetched for an unknown key id and
 * when they are old: once for all requests that wait, and at most once in ten seconds, whether Auth
 * answers or not (jose's own remote set repeats a failing request without a pause).
 *
 * A key that Auth does not have, or no longer, is a 401. Keys from the settings may be as old as the
 * deploy, so that Auth is asked before the first of them is used. On the platform what Auth answers is
 * itself cached, for ten minutes (https://supabase.com/docs/guides/auth/signing-keys).
 *
 * If Auth cannot be reached, keys at hand go on working for an hour: whoever takes Auth away must not
 * take this API away, too. By then the tokens that it has issued are over, unless the project gives them
 * a longer life; and a key that was lost must not live for as long as Auth is kept away. From then on,
 * and for a key that is not at hand, the answer is 503, not 401: apps sign a user out for a 401, and the
 * token may be valid. An isolate that starts without Auth has the settings' keys to go by.
 */
export function createKeySet(
  known: JSONWebKeySet | undefined,
  fetchKeySet: FetchKeySet,
  now: () => number = Date.now,
): JWTVerifyGetKey {
  let keys = createLocalJWKSet(known ?? { keys: [] });
  /** When Auth had these keys, as far as is known. */
  let goodAt = now() - MAX_AGE_MILLISECONDS;
  let isAuthAway = false;
  let refresh: { readonly at: number; readonly done: Promise<void> } | undefined;

  async function fetchKeys(): Promise<void> {
    const askedAt = now();
    try {
      keys = createLocalJWKSet(await fetchKeySet());
      goodAt = askedAt;
      isAuthAway = false;
    } catch (cause) {
      isAuthAway = true;
      throw new ApiError("unavailable", "The token cannot be checked at the moment; try again", {
        cause,
      });
    }
  }

  function refreshed(): Promise<void> {
    if (!refresh || now() - refresh.at >= COOLDOWN_MILLISECONDS) {
      refresh = { at: now(), done: fetchKeys() };
      // Nobody may wait for it.
      refresh.done.catch(() => {});
    }
    return refresh.done;
  }

  async function renewOldKeys(): Promise<void> {
    const age = now() - goodAt;
    if (age < REFRESH_AGE_MILLISECONDS) return;
    const waits = age >= MAX_AGE_MILLISECONDS && !isAuthAway;
    const done = refreshed();
    if (age >= MAX_AGE_WITHOUT_AUTH_MILLISECONDS) await done;
    else if (waits) await done.catch(() => {});
  }

  return async (header, token) => {
    await renewOldKeys();
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
