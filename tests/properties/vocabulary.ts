/** Those who submit; counterexamples call them by name. */
export const USERS = ["ann", "bob", "carl"].map((name, index) => ({
  name,
  id: `00000000-0000-4000-8000-00000000000${index + 1}`,
}));

/**
 * `left` may be called for again after an ambiguous call, the others never. `right` is limited by
 * results, and `split` has pools that are limited by themselves.
 */
export const LANES = [
  {
    name: "left",
    maxInFlight: 3,
    perMinute: null,
    maxAmbiguousRetries: 1,
    pools: [{ name: "default", maxInFlight: 3 }],
  },
  {
    name: "right",
    maxInFlight: 4,
    perMinute: 5,
    maxAmbiguousRetries: 0,
    pools: [{ name: "default", maxInFlight: 4 }],
  },
  {
    name: "split",
    maxInFlight: 3,
    perMinute: null,
    maxAmbiguousRetries: 0,
    pools: [{ name: "narrow", maxInFlight: 1 }, { name: "wide", maxInFlight: 3 }],
  },
];

/** Where a request can go. */
export const PLACES = LANES.flatMap(({ name, pools }) =>
  pools.map((pool) => ({ lane: name, pool: pool.name }))
);

/** Apps: only the first has a cap, at times. */
export const KEYS = [4, 5].map((number) => `00000000-0000-4000-8000-00000000000${number}`);

/** What a call may cost, in USD: nothing, or so much that caps of a few dollars are counted exactly. */
export const ESTIMATES = [0, 0.01, 0.04, 0.3, 1.25];
/** What providers tell: less and more than the estimate, or nothing. */
export const COSTS = [null, null, 0, 0.02, 0.3, 2];

export type User = typeof USERS[number];
export type Place = typeof PLACES[number];

/**
 * A lease, deadlines that end in a five, and time that passes in tens of seconds: the seconds that a
 * test itself takes decide nothing.
 */
export const LEASE_SECONDS = 15;
export const TIME_LIMITS = [5, 45, 105, 995];

/** How long work may take at least, and how long a worker may live: away from those, too. */
export const LEAST_RUNS = [0, 0, 0, 38];
export const CALL_SECONDS = [0, 0, 100];
export const SHORT_LIFE = 50;

/** The queues of a lane: of what is to be started, and of what is polled. */
export const QUEUES = LANES.flatMap(({ name }) => [name, `${name}_polls`]);
