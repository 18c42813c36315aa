import { useEffect, useRef } from "preact/hooks";
import { onNews } from "../connection/news.ts";
import { useReachable } from "../connection/use_reachable.ts";

/** What the client keeps of what is under way begins so: other tabs change it. */
const CLIENTS_OWN = /^makeit3d:/;

/**
 * Calls whenever this page may have missed something: it is seen again, another tab has submitted,
 * what was lost has been sent again, or the backend answers again.
 */
export function useNews(hear: () => void): void {
  const isReachable = useReachable();
  const wasReachable = useRef(isReachable);
  useEffect(() => {
    if (isReachable && !wasReachable.current) hear();
    wasReachable.current = isReachable;
  }, [isReachable, hear]);
  useEffect(() => {
    const seen = (): void => {
      if (document.visibilityState === "visible") hear();
    };
    const stored = ({ key }: StorageEvent): void => {
      if (key === null || CLIENTS_OWN.test(key)) hear();
    };
    document.addEventListener("visibilitychange", seen);
    addEventListener("focus", seen);
    addEventListener("online", seen);
    addEventListener("storage", stored);
    const leave = onNews(hear);
    return () => {
      leave();
      document.removeEventListener("visibilitychange", seen);
      removeEventListener("focus", seen);
      removeEventListener("online", seen);
      removeEventListener("storage", stored);
    };
  }, [hear]);
}
