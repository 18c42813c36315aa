import { useEffect, useRef } from "preact/hooks";
import { useReachable } from "../connection/use_reachable.ts";

/** What the client keeps of what is under way begins so: other tabs change it. */
const CLIENTS_OWN = /^makeit3d:/;

/**
 * Calls whenever this page may have missed something: it is seen again, another tab has submitted, or
 * the backend answers again.
 */
export function useNews(onNews: () => void): void {
  const isReachable = useReachable();
  const wasReachable = useRef(isReachable);
  useEffect(() => {
    if (isReachable && !wasReachable.current) onNews();
    wasReachable.current = isReachable;
  }, [isReachable, onNews]);
  useEffect(() => {
    const seen = (): void => {
      if (document.visibilityState === "visible") onNews();
    };
    const stored = ({ key }: StorageEvent): void => {
      if (key === null || CLIENTS_OWN.test(key)) onNews();
    };
    document.addEventListener("visibilitychange", seen);
    addEventListener("focus", seen);
    addEventListener("online", seen);
    addEventListener("storage", stored);
    return () => {
      document.removeEventListener("visibilitychange", seen);
      removeEventListener("focus", seen);
      removeEventListener("online", seen);
      removeEventListener("storage", stored);
    };
  }, [onNews]);
}
