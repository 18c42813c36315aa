import type { OperationId } from "../shared/contract/operations.ts";
import type { PauseScope } from "../shared/providers/provider_error.ts";
import type { TaskErrorCode } from "../shared/tasks/task.ts";
import type { FaultKind } from "../simulators/faults.ts";
import type { Settled } from "./settled.ts";

/** What must come out of one step. */
export interface Ending extends Settled {
  readonly errorCode?: TaskErrorCode;
  /** Not to be asked again before. */
  readonly afterSeconds?: number;
  /** What the provider has too much of: all of the lane, or the call's pool. */
  readonly pauseScope?: PauseScope;
}

/** What has to come out of the first attempt, and of the last. */
export interface Endings {
  readonly first: Ending;
  readonly last: Ending;
}

/** How a failure is brought about. */
export interface Provocation {
  /** Default: the table's. */
  readonly operation?: OperationId;
  /** Changes of the pair's example; a `sim:` word in the prompt is an order to the simulator. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly model?: string;
  /** The one that submits, or the one after it, which asks how far the work is. Default: submit. */
  readonly step?: "submit" | "look";
  /** How long the provider's job takes. Default: 0. */
  readonly jobSeconds?: number;
  /** Between submit and look. */
  readonly secondsPassed?: number;
  /** Ordered for the step. The signal is aborted when one that never answers has got its request. */
  readonly fault?: { readonly kind: FaultKind; readonly operation?: string };
  /** Answers instead of the provider, for what its simulator does not say. */
  readonly answer?: (request: Request) => Response | undefined;
  /** In the step nobody listens, or who listens hangs up without a word. */
  readonly connection?: "refused" | "hang-up";
  /** On the simulator's books at the end. Default: none after a submit, one after a look. */
  readonly purchases?: number;
}

/** One row of a provider's table "Retryable?". */
export interface FailureRow {
  /** In the words of the document. */
  readonly row: string;
  readonly endings: Endings;
  /** By what it is provoked, in words or by the word that is given to the simulator. */
  readonly by: Readonly<Record<string, Provocation>>;
}

export interface FailureTable {
  /** What is asked for unless a row says otherwise. */
  readonly operation: OperationId;
  readonly rows: readonly FailureRow[];
}

/** No other attempt is made. */
export function ends(
  errorCode: TaskErrorCode,
  call: NonNullable<Ending["call"]> = "failed",
): Endings {
  const ending: Ending = { state: "failed", errorCode, ...(call && { call }) };
  return { first: ending, last: ending };
}

/** The call is made again, until no attempt is left. */
export function repeats(
  errorCode: TaskErrorCode,
  { call = "failed", afterSeconds = 0 }: Pick<Ending, "call" | "afterSeconds"> = {},
): Endings {
  return {
    first: { state: "retrying", errorCode, call, afterSeconds },
    last: { state: "failed", errorCode, call },
  };
}

/** It was no attempt: the call is made again until the deadline, however often that is. */
export function putsBack(
  { pauseScope = "lane", afterSeconds = 0 }: Pick<Ending, "pauseScope" | "afterSeconds"> = {},
): Endings {
  const ending: Ending = {
    state: "retrying",
    errorCode: "provider_rate_limited",
    call: "failed",
    pauseScope,
    afterSeconds,
  };
  return { first: ending, last: ending };
}

/** What is paid is asked for until the deadline. */
export function asksOn(errorCode: TaskErrorCode): Endings {
  const ending: Ending = { state: "polling", errorCode };
  return { first: ending, last: ending };
}

/** What is paid is asked for a few times, and then given up. */
export function asksThenEnds(errorCode: TaskErrorCode): Endings {
  return {
    first: { state: "polling", errorCode },
    last: { state: "failed", errorCode, call: "ambiguous" },
  };
}

/** It is no failure at all. */
export const runs: Endings = { first: { state: "polling" }, last: { state: "polling" } };

/** The step that submits, with this word to the simulator. */
export function says(word: string, more: Provocation = {}): Record<string, Provocation> {
  return {
    [word]: { ...more, parameters: { prompt: `a clay robot ${word}`, ...more.parameters } },
  };
}

/** The step after the one that submits with this word. */
export function saidBefore(word: string, more: Provocation = {}): Record<string, Provocation> {
  return says(word, { step: "look", ...more });
}

/** The answer of a gateway or a provider, for what its simulator does not say. */
export function answer(
  status: number,
  body: unknown = "",
  headers: Readonly<Record<string, string>> = {},
): NonNullable<Provocation["answer"]> {
  return () =>
    typeof body === "string"
      ? new Response(body, { status, headers })
      : Response.json(body, { status, headers });
}
