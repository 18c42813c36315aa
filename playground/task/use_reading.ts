import { useEffect, useMemo, useState } from "preact/hooks";
import { useBackend } from "../connection/backend_context.ts";
import type { Reading } from "./outlook.ts";
import { isFinal, type Task } from "./task.ts";

/** A place in a queue and the time to come change by themselves, which is no news to who follows. */
const INTERVAL_MILLISECONDS = 3000;

/** The newest status of a task, with a place in the queue and an outlook that are of now. */
export function useReading(followed: Task | undefined): Reading | undefined {
  const { client } = useBackend();
  const [reading, setReading] = useState<Reading>();
  const id = followed && !isFinal(followed) ? followed.id : undefined;

  useEffect(() => {
    if (id === undefined) return;
    let isReading = false;
    const read = async (): Promise<void> => {
      if (isReading || document.visibilityState === "hidden") return;
      isReading = true;
      try {
        setReading({ task: await client.get(id), readAt: Date.now() });
      } catch {
        // Who follows the task is told what is in the way.
      } finally {
        isReading = false;
      }
    };
    const timer = setInterval(read, INTERVAL_MILLISECONDS);
    return () => clearInterval(timer);
  }, [client, id]);

  const seen = useMemo(() => followed && { task: followed, readAt: Date.now() }, [followed]);
  // What was followed wins where it is newer; of the same version, what was read last has the outlook.
  const isRead = reading && followed && reading.task.id === followed.id &&
    reading.task.version >= followed.version;
  return isRead ? reading : seen;
}
