import type { ListOptions } from "@makeit3d/client";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { useBackend } from "../connection/backend_context.ts";
import type { Filter } from "./filter.ts";
import { type History, withNewest, withOlder } from "./history.ts";

const PAGE_SIZE = 24;

export interface UseHistory {
  /** Undefined until something was read. */
  readonly history: History | undefined;
  readonly isReading: boolean;
  readonly problem: string;
  /** Reads what is older. */
  readonly more: () => void;
  /** Reads the newest again. */
  readonly refresh: () => void;
}

/** The user's tasks as a filter lets them through, and as many pages of them as were asked for. */
export function useHistory({ operation, status }: Filter): UseHistory {
  const { client } = useBackend();
  const [history, setHistory] = useState<History>();
  const [isReading, setReading] = useState(false);
  const [problem, setProblem] = useState("");
  /** Counts filters: what is read for an earlier one comes too late. */
  const round = useRef(0);

  const read = useCallback(
    async (options: ListOptions, join: (known: History, page: History) => History) => {
      const begun = round.current;
      setReading(true);
      try {
        const page = await client.list({ operation, status, limit: PAGE_SIZE, ...options });
        if (begun !== round.current) return;
        setHistory((known) => known ? join(known, page) : page);
        setProblem("");
      } catch (error) {
        if (begun === round.current) {
          setProblem(error instanceof Error ? error.message : `${error}`);
        }
      } finally {
        if (begun === round.current) setReading(false);
      }
    },
    [client, operation, status],
  );
  const refresh = useCallback(() => void read({}, withNewest), [read]);
  const cursor = history?.nextCursor ?? undefined;
  const more = useCallback(() => void read({ cursor }, withOlder), [read, cursor]);

  useEffect(() => {
    round.current++;
    setHistory(undefined);
    refresh();
  }, [refresh]);

  return { history, isReading, problem, more, refresh };
}
