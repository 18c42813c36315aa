import { useCallback, useMemo } from "preact/hooks";
import { useBackend } from "../connection/backend_context.ts";
import { useRepeated } from "../shell/use_repeated.ts";
import { createOperatorApi, type OperatorBody, type OperatorRequest } from "./operator_api.ts";

const MILLISECONDS = 2_000;

export interface Operator {
  readonly body: OperatorBody | undefined;
  /** Why nothing can be read at the moment. */
  readonly problem: Error | undefined;
  /** Does something, and shows what has become of it. Rejects with the words of a refusal. */
  readonly act: (request: OperatorRequest) => Promise<void>;
}

/** What goes on in the backend, as it moves. */
export function useOperator(): Operator {
  const backend = useBackend();
  const api = useMemo(() => createOperatorApi(backend), [backend]);
  const { value, problem, refresh } = useRepeated(api.read, MILLISECONDS);
  const act = useCallback(async (request: OperatorRequest) => {
    await api.act(request);
    refresh();
  }, [api, refresh]);
  return { body: value, problem, act };
}
