// @ts-types="@types/react"
import { useCallback, useEffect, useRef, useState } from "react";

export interface Loaded<Value> {
  readonly value: Value | undefined;
  readonly error: Error | undefined;
  readonly isLoading: boolean;
  /** Asks again; what is shown stays until then. */
  readonly refresh: () => Promise<void>;
}

/** What is asked for once, and again when something that it hangs on has changed. */
export function useLoaded<Value>(
  load: () => Promise<Value>,
  dependencies: readonly unknown[],
): Loaded<Value> {
  const [state, setState] = useState<Omit<Loaded<Value>, "refresh">>({
    value: undefined,
    error: undefined,
    isLoading: true,
  });
  const newest = useRef(0);
  const refresh = useCallback(async () => {
    const number = ++newest.current;
    setState((known) => ({ ...known, isLoading: true }));
    const loaded = await load().then(
      (value) => ({ value, error: undefined }),
      (error: Error) => ({ error }),
    );
    if (number !== newest.current) return;
    setState((known) => ({ ...known, ...loaded, isLoading: false }));
  }, dependencies);
  useEffect(() => {
    refresh();
    return () => {
      newest.current++;
    };
  }, [refresh]);
  return { ...state, refresh };
}
