/** A part of the tests that is run, timed and counted by itself. */
export interface Tier {
  readonly description: string;
  /** How long it may take on a machine with two cores, in minutes. */
  readonly limitMinutes: number;
  /** Whether `deno task test` without a name runs it. */
  readonly isEveryday: boolean;
  /** Whether `.ci/run` runs it. */
  readonly isInCi: boolean;
}

/** Fast tiers first: whoever breaks something wants to know soon. */
export const tiers = {
  gate: {
    description: "format, lint, types, SQL, unit tests, rules about the code",
    limitMinutes: 0.75,
    isEveryday: true,
    isInCi: true,
  },
  simulators: {
    description: "unit tests of the simulated AI services",
    limitMinutes: 2,
    isEveryday: true,
    isInCi: true,
  },
  stack: {
    description: "database, end-to-end, hostile and property tests on a stack of their own",
    limitMinutes: 7,
    isEveryday: true,
    isInCi: true,
  },
  clients: {
    description: "the client of apps: killed, cut off, without what phones lack, as a package",
    limitMinutes: 6,
    isEveryday: false,
    isInCi: true,
  },
  browser: {
    description: "the playground, and pages of another origin, in a real browser",
    limitMinutes: 6,
    isEveryday: false,
    isInCi: true,
  },
  platform: {
    description:
      "what the hosted platform has: its Deno, pg_cron, pgmq 1.5.1, a deploy, 256 MB; an upgrade",
    limitMinutes: 10,
    isEveryday: false,
    isInCi: true,
  },
  faults: {
    description:
      "lanes under load, a worker killed at every await, and lost while a provider works",
    limitMinutes: 10,
    isEveryday: false,
    isInCi: true,
  },
  soak: {
    description:
      "500 tasks while workers, database and providers fail, hostile users, times; by hand",
    limitMinutes: 10,
    isEveryday: false,
    isInCi: false,
  },
} as const satisfies Record<string, Tier>;

export type TierName = keyof typeof tiers;

export const tierNames = Object.keys(tiers).filter(isTierName);

export function isTierName(name: string): name is TierName {
  return Object.hasOwn(tiers, name);
}

/**
 * The tiers to run, in their order, for the names of a command line: none are the everyday ones, `ci`
 * those of CI. Throws an error that lists the names for any other.
 */
export function chooseTiers(names: readonly string[]): readonly TierName[] {
  if (names.length === 0) return tierNames.filter((name) => tiers[name].isEveryday);
  if (names.length === 1 && names[0] === "ci") {
    return tierNames.filter((name) => tiers[name].isInCi);
  }
  const unknown = names.filter((name) => !isTierName(name));
  if (unknown.length > 0) {
    throw new Error(
      `No such tier: ${unknown.join(", ")}. There are ${tierNames.join(", ")}, and ci`,
    );
  }
  return tierNames.filter((name) => names.includes(name));
}
