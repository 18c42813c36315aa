/** A call as a simulated service has it on its books. */
export interface SimulatedCall {
  readonly provider: string;
  readonly operation: string;
  /** When the service accepted it. */
  readonly at: Date;
  readonly requestId: string;
  readonly prompt: string | null;
}

/** A call as the backend's own ledger has it. */
export interface LedgerCall {
  /** Null: the task is deleted. */
  readonly taskId: string | null;
  readonly provider: string;
  readonly operation: string;
  readonly sentAt: Date;
  /** Null: it is under way. */
  readonly finishedAt: Date | null;
  readonly handle: string | null;
  readonly requestId: string | null;
  readonly prompt: string | null;
  readonly outcome: "succeeded" | "failed" | "ambiguous" | null;
  readonly errorCode: string | null;
}

/**
 * Finds for each call of the simulated services the one of the ledger that made it, each once; in the
 * order of the calls, undefined for one that is not known. Where the service's name for the call has
 * come back, by that. Where the answer was lost, the call is one that was under way at that moment: with
 * the same prompt, or the only one there is.
 */
export function matchCalls<Call extends SimulatedCall, Entry extends LedgerCall>(
  calls: readonly Call[],
  ledger: readonly Entry[],
): readonly (Entry | undefined)[] {
  const left = new Set(ledger);
  const take = (entry: Entry | undefined): Entry | undefined => {
    if (entry) left.delete(entry);
    return entry;
  };
  const named = calls.map((call) => take([...left].find((entry) => isNamedAlike(call, entry))));
  return calls.map((call, index) => named[index] ?? take(findUnderWay(call, [...left])));
}

function isNamedAlike({ provider, requestId }: SimulatedCall, entry: LedgerCall): boolean {
  return entry.provider === provider && [entry.requestId, entry.handle].includes(requestId);
}

function findUnderWay<Entry extends LedgerCall>(
  { provider, operation, at, prompt }: SimulatedCall,
  ledger: readonly Entry[],
): Entry | undefined {
  const underWay = ledger.filter((entry) =>
    entry.provider === provider && entry.operation === operation && entry.sentAt <= at &&
    (entry.finishedAt === null || at <= entry.finishedAt)
  );
  const alike = underWay.filter((entry) => prompt !== null && entry.prompt === prompt);
  return alike[0] ?? (underWay.length === 1 ? underWay[0] : undefined);
}
