import { useCallback, useEffect, useRef, useState } from "preact/hooks";

export interface Repeated<T> {
  /** The newest that is known. */
  readonly value: T | undefined;
  /** Why the last read failed; undefined when it did not. */
  readonly problem: Error | undefined;
  /** Reads at once. */
  readonly refresh: () => void;
}

/**
 * Reads now, and again some time after each answer, for as long as somebody looks at the page.
 *
 * @param read Must stay the same function for as long as it reads the same.
 */
export function useRepeated<T>(
  read: (signal: AbortSignal) => Promise<T>,
  milliseconds: number,
): Repeated<T> {
  const [value, setValue] = useState<T>();
  const [problem, setProblem] = useState<Error>();
  const wake = useRef<() => void>(() => {});

  useEffect(() => {
    const end = new AbortController();
    const follow = async (): Promise<void> => {
      while (!end.signal.aborted) {
        const woken = new Promise<void>((resolve) => wake.current = resolve);
        if (!document.hidden) {
          try {
            const newest = await read(end.signal);
            if (end.signal.aborted) return;
            setValue(() => newest);
            setProblem(undefined);
          } catch (error) {
            if (end.signal.aborted) return;
            setProblem(error instanceof Error ? error : new Error(String(error)));
          }
        }
        await Promise.race([woken, pause(milliseconds)]);
      }
    };
    follow();
    const look = (): void => wake.current();
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      end.abort();
    };
  }, [read, milliseconds]);

  const refresh = useCallback(() => wake.current(), []);
  return { value, problem, refresh };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
