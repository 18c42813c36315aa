import type { FaultKind } from "../../simulators/faults.ts";

/** Something that goes wrong while a task is made, and what it may cost. */
export interface Experiment {
  readonly id: string;
  readonly name: string;
  readonly what: string;
  /** What the provider does with the next call. */
  readonly fault?: FaultKind;
  /** What is done to this machine while the provider works. */
  readonly strike?: "kill the worker" | "restart Postgres";
  readonly calls: Expectation;
}

/** How often the provider may bill, by whether it gives a handle that a lost call is found by. */
export interface Expectation {
  readonly least: number;
  readonly most: number;
  readonly why: string;
}

const ONCE = { least: 1, most: 1 } as const;

/** Without a handle nobody can tell whether a call whose answer was lost has run. */
const LOST =
  "The call was sent, and its answer is lost. Where the provider knows a handle or a list, the result " +
  "is found and nothing is bought again. Where it knows neither, nobody can tell whether it ran: " +
  "it is called once more, never a third time.";

export const experiments: readonly Experiment[] = [
  {
    id: "nothing",
    name: "Nothing",
    what: "Everything works.",
    calls: { ...ONCE, why: "One request, one call." },
  },
  {
    id: "rate-limited",
    name: "Asked too often",
    what: "The provider answers 429 once.",
    fault: "rate_limited",
    calls: {
      ...ONCE,
      why: "A call that is turned away is not billed. The lane waits as long as the provider says.",
    },
  },
  {
    id: "server-error",
    name: "Provider fails",
    what: "The provider answers 500 once.",
    fault: "server_error",
    calls: {
      least: 0,
      most: 1,
      why:
        "The provider has failed, bills nothing, and is called again. Tripo's 500 proves nothing: " +
        "its list of tasks is looked at, and what is not in it ends, because it may still be bought.",
    },
  },
  {
    id: "refused",
    name: "Content refused",
    what: "The provider refuses the prompt.",
    fault: "refused",
    calls: {
      least: 0,
      most: 0,
      why: "A refusal is final: the same prompt would be refused again. Nothing is billed.",
    },
  },
  {
    id: "slow",
    name: "Slow",
    what: "The answer takes five seconds longer.",
    fault: "slow",
    calls: { ...ONCE, why: "Somebody who waits does not call again." },
  },
  {
    id: "disconnect",
    name: "Answer cut off",
    what: "The connection breaks in the middle of the answer.",
    fault: "disconnect",
    calls: { least: 1, most: 2, why: LOST },
  },
  {
    id: "kill",
    name: "Kill the worker",
    what: "The worker dies while the provider works.",
    fault: "slow",
    strike: "kill the worker",
    calls: { least: 1, most: 2, why: LOST },
  },
  {
    id: "restart",
    name: "Restart Postgres",
    what: "The database goes away while the provider works.",
    fault: "slow",
    strike: "restart Postgres",
    calls: {
      ...ONCE,
      why: "The worker keeps the result in its hands, and writes it when the database is back.",
    },
  },
];
