import type { Command } from "./command.ts";
import { budgets, plans } from "./money_commands.ts";
import { OPERATED_PORT } from "./ports.ts";

/** Commands for operators, on any database. */

export const status = {
  name: "status",
  summary: "Shows what is wrong, lanes, tasks and costs",
  options: {
    all: { meaning: "everything: failures, costs, stuck tasks, workers, schedule, …" },
    port: OPERATED_PORT,
  },
  notes: ["Exit code: 0 without alerts, 1 with one, 2 where the database does not answer."],
} as const satisfies Command;

export const lanes = {
  name: "lanes",
  summary: "Lists the lanes of the providers, pauses and resumes one",
  actions: {
    list: { meaning: "each lane: what waits, what is under way, its pause and why" },
    pause: {
      operands: ["NAME"],
      meaning: "starts nothing more until it is resumed; what was started goes on",
    },
    resume: { operands: ["NAME"], meaning: "ends a pause, also one after failures" },
  },
  options: { port: OPERATED_PORT },
} as const satisfies Command;

export const show = {
  name: "show",
  summary: "Shows one task's life from all tables",
  operands: ["ID"],
  options: { port: OPERATED_PORT },
  notes: [
    "ID is that of a task (celery_task_id), the task_id that its app has chosen, a request id, or " +
    "the id of a trace.",
  ],
} as const satisfies Command;

export const sql = {
  name: "sql",
  summary: "Runs SQL, and prints its rows; changes nothing without --write",
  operands: ["[TEXT]"],
  options: {
    file: { argument: "PATH", meaning: "runs what is in a file; - is the standard input" },
    write: { meaning: "may change data: all of it or, if anything fails, nothing" },
    json: { meaning: "prints the rows as JSON" },
    port: OPERATED_PORT,
  },
} as const satisfies Command;

export const replay = {
  name: "replay",
  summary: "Lists dead letters, or accepts their requests again",
  operands: ["[NUMBER…]"],
  options: { port: OPERATED_PORT },
} as const satisfies Command;

export const keys = {
  name: "keys",
  summary: "Creates, imports, lists and revokes the API keys of apps",
  actions: {
    create: { meaning: "a new key for an app, shown this once" },
    import: {
      operands: ["KEY"],
      meaning: "takes over a key of an older service, so that its apps need no change",
    },
    list: { meaning: "all keys, without what would open anything" },
    revoke: { operands: ["PREFIX"], meaning: "refused within 20 seconds" },
  },
  options: {
    client: { argument: "NAME", of: ["create", "import"], meaning: "the app that gets it" },
    environment: {
      argument: "NAME",
      of: ["create"],
      meaning:
        "live, test or dev: only tells what it is for; default: dev on a local stack, else live",
    },
    operations: {
      argument: "A,B",
      of: ["create", "import"],
      meaning: "what it may submit; default: all",
    },
    expires: { argument: "YYYY-MM-DD", of: ["create", "import"], meaning: "default: never" },
    "per-minute": {
      argument: "600",
      of: ["create", "import"],
      meaning: "submits of all its users; default: that of private.limits",
    },
    "usd-per-day": {
      argument: "10",
      of: ["create", "import"],
      meaning: "what its requests of a day (UTC) may cost; default: as above",
    },
    "sees-costs": { of: ["create", "import"], meaning: "it is told what a task has cost" },
    port: OPERATED_PORT,
  },
} as const satisfies Command;

export const users = {
  name: "users",
  summary: "Blocks, lists and unblocks users; exports and deletes what there is of one",
  actions: {
    block: {
      operands: ["USER"],
      meaning: "refuses all that the user asks for, and cancels what is unfinished",
    },
    unblock: { operands: ["USER"], meaning: "lets the user submit again" },
    list: { meaning: "who is blocked here, and who is banned in Auth" },
    export: { operands: ["USER"], meaning: "a folder with rows, prompts and files" },
    delete: { operands: ["USER"], meaning: "says what would be deleted" },
  },
  options: {
    reason: { argument: "TEXT", of: ["block"], meaning: "for operators; the user is not told" },
    days: { argument: "7", of: ["block"], meaning: "for how long; default: until unblocked" },
    until: { argument: "YYYY-MM-DD", of: ["block"], meaning: "or until when" },
    to: {
      argument: "FOLDER",
      of: ["export"],
      meaning: "default: export-ID; it must not be there yet",
    },
    yes: {
      of: ["delete"],
      meaning: "deletes it: tasks, files, rows, and the user in Auth",
    },
    port: OPERATED_PORT,
  },
  notes: ["USER is an id or an e-mail address."],
} as const satisfies Command;

export const submits = {
  name: "submits",
  summary: "Pauses and resumes new requests, for maintenance",
  actions: {
    pause: { meaning: "new requests are a 503; what was accepted goes on" },
    resume: { meaning: "they are accepted again" },
    status: { meaning: "whether they are" },
  },
  options: {
    message: { argument: "TEXT", of: ["pause"], meaning: "what apps are told" },
    "retry-after": {
      argument: "120",
      of: ["pause"],
      meaning: "for how many seconds they are to wait; default: 60",
    },
    port: OPERATED_PORT,
  },
} as const satisfies Command;

export const operatorCommands: readonly Command[] = [
  status,
  lanes,
  show,
  sql,
  replay,
  keys,
  users,
  plans,
  budgets,
  submits,
];
