/** Those who submit; counterexamples call them by name. */
export const USERS = ["ann", "bob", "carl"].map((name, index) => ({
  name,
  id: `00000000-0000-4000-8000-00000000000${index + 1}`,
}));

/** The one may be called for again after an ambiguous call, the other never. */
export const LANES = [
  { name: "left", maxAmbiguousRetries: 1 },
  { name: "right", maxAmbiguousRetries: 0 },
];

export type User = typeof USERS[number];

/**
 * A lease, deadlines that end in a five, and time that passes in tens of seconds: the seconds that a
 * test itself takes decide nothing.
 */
export const LEASE_SECONDS = 15;
export const TIME_LIMITS = [5, 45, 105, 995];

/** The queues of a lane: of what is next, of those who wait, and of what is polled. */
export const QUEUES = LANES.flatMap(({ name }) => [name, `${name}_backlog`, `${name}_polls`]);
