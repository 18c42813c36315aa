/**
 * Far from a stack in use, so that tests run beside it, and below the ports of outgoing connections.
 * Another first port lets several runs go side by side.
 */
const FIRST_PORT = Number(Deno.env.get("TEST_PORT") ?? 25321);

/** The first port of each stack that tests start. */
export const testPorts = {
  shared: FIRST_PORT,
  localStack: FIRST_PORT + 100,
  killSweep: FIRST_PORT + 200,
  chaos: FIRST_PORT + 300,
  // 400 further a benchmark may be running.
  privateResults: FIRST_PORT + 500,
  cron: FIRST_PORT + 600,
  postgres15: FIRST_PORT + 610,
  blackHole: FIRST_PORT + 700,
  readOnly: FIRST_PORT + 710,
  userLimits: FIRST_PORT + 720,
  moderation: FIRST_PORT + 730,
  hostileNeighbours: FIRST_PORT + 740,
  anonymous: FIRST_PORT + 750,
  modelLists: FIRST_PORT + 755,
  databaseTls: FIRST_PORT + 760,
  hostedDatabaseTls: FIRST_PORT + 770,
  restore: FIRST_PORT + 780,
  phone: FIRST_PORT + 790,
  outages: FIRST_PORT + 800,
  longCalls: FIRST_PORT + 820,
  threeInTheMorning: FIRST_PORT + 840,
  isolates: FIRST_PORT + 900,
  poison: FIRST_PORT + 920,
  processorTime: FIRST_PORT + 940,
  bundles: FIRST_PORT + 960,
  upgrade: FIRST_PORT + 980,
  pooler: FIRST_PORT + 1_020,
  /** The first port of a second run, whose tests have ports of their own as far from it. */
  secondShared: FIRST_PORT + 1_200,
};
