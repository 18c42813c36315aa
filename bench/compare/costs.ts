/** What of the counted statements belongs to which work. No name of a version's SQL is needed. */
import { median, percentile } from "../statistics.ts";
import type { StatementCount } from "./statement_counts.ts";

export interface Cost {
  readonly statements: number;
  readonly buffers: number;
  readonly dirtied: number;
  readonly walBytes: number;
}

/** What was counted while one task went its way. */
export interface TaskCounts {
  /** The worker is woken, and there is nothing to do. */
  readonly idlePoll: readonly StatementCount[];
  /** Without a worker. */
  readonly submit: readonly StatementCount[];
  /** Without a worker. */
  readonly status: readonly StatementCount[];
  /** From the wake-up until the provider has the call. */
  readonly claim: readonly StatementCount[];
  /** The worker is woken while the provider has the call. */
  readonly busyPoll: readonly StatementCount[];
  /** From the provider's answer until the worker is idle. */
  readonly settlement: readonly StatementCount[];
}

export interface Costs {
  readonly submit: Cost;
  /** Of one task, with what is asked before its call goes out. */
  readonly claim: Cost;
  readonly settlement: Cost;
  readonly status: Cost;
  /** A poll for work when there is none. */
  readonly idlePoll: Cost;
}

/**
 * What each work usually costs. A worker polls for work more often than it finds any, and is woken
 * meanwhile: what these polls cost is taken off claims and settlements.
 */
export function costsOf(tasks: readonly TaskCounts[]): Costs {
  const polls = tasks.flatMap(({ idlePoll, busyPoll }) => [idlePoll, busyPoll]);
  const pollIds = statementsOfEach(polls);
  const pollsIn = (counts: readonly StatementCount[]): number => {
    const polls = counts.filter(({ id }) => pollIds.has(id));
    return polls.length === 0 ? 0 : median(polls.map(({ calls }) => calls));
  };
  const perPoll = (counts: readonly StatementCount[]): Cost =>
    costFrom((figure) => sumOf(counts)[figure] / pollsIn(counts));
  const without = (counts: readonly StatementCount[], polls: number, poll: Cost): Cost =>
    costFrom((figure) => sumOf(counts)[figure] - polls * poll[figure]);

  const idlePoll = usualCost(tasks.map(({ idlePoll }) => perPoll(idlePoll)));
  const busyPoll = usualCost(tasks.map(({ busyPoll }) => perPoll(busyPoll)));
  return {
    submit: usualCost(tasks.map(({ submit }) => sumOf(submit))),
    // One of its polls has found the task.
    claim: usualCost(tasks.map(({ claim }) => without(claim, pollsIn(claim) - 1, busyPoll))),
    settlement: usualCost(
      tasks.map(({ settlement }) => without(settlement, pollsIn(settlement), idlePoll)),
    ),
    status: usualCost(tasks.map(({ status }) => sumOf(status))),
    idlePoll,
  };
}

/** The statements from clients that each of the counts has: the others come now and then. */
function statementsOfEach(all: readonly (readonly StatementCount[])[]): ReadonlySet<string> {
  const [first = new Set<string>(), ...others] = all.map((counts) =>
    new Set(counts.filter(({ isTopLevel }) => isTopLevel).map(({ id }) => id))
  );
  const common = others.reduce((left, right) => left.intersection(right), first);
  if (common.size === 0) throw new Error("No statement is common to all polls for work");
  return common;
}

/** A statement from a client has the buffers of those within it, too; each counts as a statement. */
function sumOf(counts: readonly StatementCount[]): Cost {
  const sent = counts.filter(({ isTopLevel }) => isTopLevel);
  return {
    statements: counts.reduce((sum, { calls }) => sum + calls, 0),
    buffers: sent.reduce((sum, { buffers }) => sum + buffers, 0),
    dirtied: sent.reduce((sum, { dirtied }) => sum + dirtied, 0),
    walBytes: sent.reduce((sum, { walBytes }) => sum + walBytes, 0),
  };
}

/**
 * The lower quartile: what comes on top now and then, as a page that is split or pruned, only adds, and
 * a median may fall on either side of it.
 */
function usualCost(costs: readonly Cost[]): Cost {
  return costFrom((figure) => percentile(costs.map((cost) => cost[figure]), 0.25));
}

function costFrom(of: (figure: keyof Cost) => number): Cost {
  return {
    statements: of("statements"),
    buffers: of("buffers"),
    dirtied: of("dirtied"),
    walBytes: of("walBytes"),
  };
}
