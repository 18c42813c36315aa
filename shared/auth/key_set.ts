import type { JSONWebKeySet, JWTVerifyGetKey } from "jose";
import * as errors from "jose/errors";
import { createLocalJWKSet } from "jose/jwks/local";
import { ApiError } from "../contract/errors.ts";

/** Tokens with made-up key ids must not become as many calls of Auth. */
const COOLDOWN_MILLISECONDS = 10_000;
/** A request waits for so long at most. */
const TIMEOUT_MILLISECONDS = 3_000;

/** Asks Auth for the project's public keys. */
export type FetchKeySet = () => Promise<JSONWebKeySet>;

/**
 * Finds the project's public key for a token. The keys are at hand; Auth is asked again only for a key
 * id that is not among them, by all who wait for it together, and once in ten seconds whether it
 * answers or not (jose's own remote set asks a failing server without a pause).
 *
 * A key that nobody has is a refusal. If Auth cannot be asked, nobody knows: then it is a 503, because
 * apps sign a user out for a 401, and the token may be good.
 */
export function createKeySet(
  atHand: JSONWebKeySet | undefined,
  fetchKeySet: FetchKeySet,
  now: () => number = Date.now,
): JWTVerifyGetKey {
  let keys = createLocalJWKSet(atHand ?? { keys: [] });
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

/** Reads the key set that Auth publishes at the address. */
export function fetchKeySetFrom(address: string): FetchKeySet {
  return async () => {
    const response = await fetch(address, {
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
