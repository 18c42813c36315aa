import type { CallContext } from "../shared/providers/adapter.ts";

/** 64 characters, as the worker's pseudonyms have. */
export const END_USER = "0123456789abcdef".repeat(4);

/** What a submit is recognised by in a list. */
export const SEED = 1_234_567_890;

/** What a submit is called with; nothing can be read unless told. */
export function aCallContext(changes: Partial<CallContext> = {}): CallContext {
  return {
    signal: new AbortController().signal,
    endUser: END_USER,
    seed: SEED,
    markSent: () => Promise.resolve(),
    reserveMemory: () => Promise.resolve(),
    readAsset: () => Promise.reject(new Error("Nothing to read")),
    ...changes,
  };
}
