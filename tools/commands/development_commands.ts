import type { Command } from "./command.ts";
import { PORT } from "./ports.ts";

/** Commands for whoever changes the backend or brings it online. */

export const deploy = {
  name: "deploy",
  summary: "Shows what a deploy to a hosted project would do; --yes does it",
  options: {
    yes: { meaning: "does it" },
    project: {
      argument: "REF",
      meaning: "the project's reference; default: the one that supabase link has noted",
    },
    app: {
      argument: "FOLDER",
      meaning: "of an app whose project it is, with its own supabase: docs/adopt.md",
    },
    "functions-only": { meaning: "leaves secrets, database and schedule as they are" },
    secrets: { argument: "FILE", meaning: "settings of the functions; default: .env.production" },
    database: { argument: "URL", meaning: "of a project that is not on the public platform" },
    "functions-url": { argument: "URL", meaning: "the same for its functions" },
    profile: { argument: "NAME", meaning: "the CLI's profile for such a platform" },
  },
} as const satisfies Command;

export const ok = {
  name: "ok",
  summary: "The fast gate: format, lint, types, SQL, unit tests; no stack needed",
  options: {},
} as const satisfies Command;

export const test = {
  name: "test",
  summary: "Runs the everyday tiers of tests, or those named",
  operands: ["[TIER…]"],
  options: {
    busy: { meaning: "keeps two loops busy during the gate, in which nothing may depend on time" },
  },
  notes: [
    "TIER is gate, simulators, stack, clients, browser, platform, faults or soak; ci is all of CI's. What belongs " +
    "where: CONTRIBUTING.md. TEST_PORT=27321 lets a second run go beside another.",
  ],
} as const satisfies Command;

export const playground = {
  name: "playground",
  summary: "Builds the playground into .dev/playground, for any static host",
  options: {},
} as const satisfies Command;

export const bench = {
  name: "bench",
  summary: "Measures the backend and writes docs/benchmarks, or compares it with a commit",
  options: {
    large: { meaning: "what a million tasks in the tables change" },
    claims: { meaning: "claims of many at once, and beside an open snapshot; only printed" },
    submits: { meaning: "the same of submits, with caps and without" },
    against: {
      argument: "COMMIT",
      meaning: "compares times and database work with another commit",
    },
    rounds: { argument: "COUNT", meaning: "of a comparison; default: 200" },
    limit: { argument: "RATIO", meaning: "from which on a comparison fails; default: 1.05" },
    port: { argument: "PORT", meaning: "the first of the ports of a comparison" },
  },
} as const satisfies Command;

export const migration = {
  name: "migration",
  summary: "Writes the next migration from what has changed in supabase/schemas",
  operands: ["NAME"],
  options: {},
  notes: ["NAME is in lower case with underscores, such as add_note_to_tasks."],
} as const satisfies Command;

export const checkSql = {
  name: "check-sql",
  summary: "Checks the syntax of all SQL, and migrations for what would break a running project",
  options: {},
} as const satisfies Command;

export const privileges = {
  name: "privileges",
  summary: "Writes supabase/tests/privileges.txt: who may do what in the running stack's database",
  options: { port: PORT },
} as const satisfies Command;

export const docs = {
  name: "docs",
  summary:
    "Writes docs/api.md and the client's types from the schemas that check requests, and docs/commands.md",
  options: {},
} as const satisfies Command;

export const packClient = {
  name: "pack-client",
  summary: "Builds the client's package for npm into .dev/client, as it would be published",
  options: {},
} as const satisfies Command;

export const developmentCommands: readonly Command[] = [
  deploy,
  ok,
  test,
  bench,
  migration,
  checkSql,
  privileges,
  docs,
  playground,
  packClient,
];
