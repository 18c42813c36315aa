import type { Command } from "./command.ts";
import { OPERATED_PORT } from "./ports.ts";

export const plans = {
  name: "plans",
  summary: "Lists, sets and removes the plans of users: quotas, and what they may ask for",
  actions: {
    list: { meaning: "all plans" },
    set: {
      operands: ["NAME"],
      meaning: "changes a plan; a new one begins as a copy of default",
    },
    remove: { operands: ["NAME"], meaning: "its users have the plan default then" },
  },
  options: {
    "images-per-day": {
      argument: "50",
      of: ["set"],
      meaning: "images that a user may ask for in a day (UTC)",
    },
    "models-per-day": { argument: "5", of: ["set"], meaning: "the same for 3D models" },
    "usd-per-day": { argument: "2", of: ["set"], meaning: "what a user's requests may cost" },
    "submits-per-minute": {
      argument: "30",
      of: ["set"],
      meaning: "requests of a user in a minute",
    },
    "active-tasks": {
      argument: "20",
      of: ["set"],
      meaning: "requests of a user that have not ended",
    },
    operations: { argument: "A,B", of: ["set"], meaning: "what may be asked for" },
    providers: { argument: "A,B", of: ["set"], meaning: "of whom" },
    models: { argument: "A,B", of: ["set"], meaning: "with which models of theirs" },
    qualities: { argument: "A,B", of: ["set"], meaning: "values of quality" },
    "most-results": { argument: "4", of: ["set"], meaning: "the largest n" },
    "most-safety-tolerance": {
      argument: "2",
      of: ["set"],
      meaning: "the loosest safety_tolerance",
    },
    "no-limit": { argument: "A,B", of: ["set"], meaning: "lifts these, such as models-per-day" },
    port: OPERATED_PORT,
  },
} as const satisfies Command;

export const budgets = {
  name: "budgets",
  summary: "Lists and sets what the project, a provider and an API key may spend",
  actions: {
    list: { meaning: "every cap, with what is used of it now" },
    set: { meaning: "what requests may cost together, in USD; days and months of UTC" },
  },
  options: {
    "project-per-day": { argument: "40", of: ["set"], meaning: "all requests of a day" },
    "project-per-month": { argument: "400", of: ["set"], meaning: "all requests of a month" },
    "provider-per-day": {
      argument: "25",
      of: ["set"],
      meaning: "those to one provider, of each without a cap of its own",
    },
    provider: {
      argument: "openai=20",
      of: ["set"],
      repeats: true,
      meaning: "a provider's own cap; again for another; openai=default ends it",
    },
    "key-per-day": {
      argument: "10",
      of: ["set"],
      meaning: "those with one API key, of each without a cap of its own",
    },
    key: {
      argument: "PREFIX=5",
      of: ["set"],
      repeats: true,
      meaning: "a key's own cap; again for another; PREFIX=default ends it",
    },
    port: OPERATED_PORT,
  },
  notes: [
    "The word none, instead of an amount, lifts a cap that has no name in it. What one user may " +
    "spend is a matter of plans: deno task plans.",
  ],
} as const satisfies Command;
