import { useEffect, useState } from "preact/hooks";

/** The time, again each second while it matters. Milliseconds since 1970. */
export function useNow(isTicking: boolean, intervalMilliseconds = 1000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isTicking) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), intervalMilliseconds);
    return () => clearInterval(timer);
  }, [isTicking, intervalMilliseconds]);
  return now;
}
