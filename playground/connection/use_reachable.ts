import { useEffect, useState } from "preact/hooks";
import { useBackend } from "./backend_context.ts";

/** Whether the backend answers, as far as is known. */
export function useReachable(): boolean {
  const { reachability } = useBackend();
  const [isReachable, setReachable] = useState(reachability.isReachable);
  useEffect(() => {
    const update = (): void => setReachable(reachability.isReachable);
    update();
    return reachability.subscribe(update);
  }, [reachability]);
  return isReachable;
}
