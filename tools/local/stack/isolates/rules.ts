/** What the platform allows one isolate of a function. */
export interface IsolateRules {
  /** From its start on, whatever it does meanwhile. */
  readonly lifeSeconds: number;
  /** Of its life, what it took to load its modules not counted. */
  readonly processorSeconds: number;
  readonly memoryBytes: number;
  /** How many requests may be open in one isolate at a time. */
  readonly requests: "one" | "many";
  /** How long an isolate without work stays for the next request. */
  readonly idleSeconds: number;
}

export type Plan = "free" | "paid";

/**
 * What is the same on all plans. The pages of the platform disagree whether an isolate has one request
 * at a time; its code hands requests out in turns.
 */
const ALL_PLANS = {
  processorSeconds: 2,
  memoryBytes: 256 * 1024 * 1024,
  requests: "many",
  idleSeconds: 20,
} as const;

/** https://supabase.com/docs/guides/functions/limits */
export const plans: Readonly<Record<Plan, IsolateRules>> = {
  free: { ...ALL_PLANS, lifeSeconds: 150 },
  paid: { ...ALL_PLANS, lifeSeconds: 400 },
};

/** Why the platform ends an isolate that has work, in the words of `beforeunload`. */
export type Limit = "wall_clock" | "cpu" | "memory";

/** What an isolate has used of what it may. */
export interface Usage {
  readonly lifeSeconds: number;
  readonly processorSeconds: number;
  readonly memoryBytes: number;
}

/** The part of its life, processor time or memory after which an isolate gets no new request. */
const RETIRED = 0.5;
/** The part after which it is told that it ends: what the open-source runtime does by default. */
const TOLD = 0.9;

export interface Fate {
  /** Whether it may get another request. */
  readonly isFit: boolean;
  /** What it is told to end by, if it is. */
  readonly told: Limit | undefined;
  /** What it is killed for, if it is. */
  readonly killed: Limit | undefined;
}

/** What becomes of an isolate that has used so much. */
export function judge(usage: Usage, rules: IsolateRules): Fate {
  const parts: readonly (readonly [limit: Limit, used: number])[] = [
    ["memory", usage.memoryBytes / rules.memoryBytes],
    ["cpu", usage.processorSeconds / rules.processorSeconds],
    ["wall_clock", usage.lifeSeconds / rules.lifeSeconds],
  ];
  const beyond = (part: number): Limit | undefined => parts.find(([, used]) => used >= part)?.[0];
  return { isFit: beyond(RETIRED) === undefined, told: beyond(TOLD), killed: beyond(1) };
}
