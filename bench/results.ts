import { z } from "zod";

const timing = z.object({
  perSecond: z.number(),
  p50: z.number(),
  p95: z.number(),
  p99: z.number(),
});

/** Something that is done as often as possible, beside the least that it could cost. */
const throughput = z.object({
  name: z.string(),
  callers: z.number(),
  /** The backend's; times in milliseconds. */
  backend: timing,
  floor: timing,
  /** Calls a second of the backend's to one of the floor's: median of the rounds. */
  ratio: z.number(),
  /** What the ratio is to be at least. */
  atLeast: z.number().optional(),
});

/** How long something takes, in milliseconds, beside the least that it could take. */
const delay = z.object({
  name: z.string(),
  count: z.number(),
  backend: timing,
  floor: timing,
  p50AtMost: z.number(),
  p99AtMost: z.number(),
});

const drain = z.object({
  tasks: z.number(),
  callers: z.number(),
  backendPerSecond: z.number(),
  floorPerSecond: z.number(),
  ratio: z.number(),
  atLeast: z.number(),
});

/** What others notice of a user who is refused again and again. */
const flood = z.object({
  refusedPerSecond: z.number(),
  quiet: timing,
  flooded: timing,
  /** The p95 of the submits of others, with the flood to without: median of the rounds. */
  p95Ratio: z.number(),
  atMost: z.number(),
});

/** Processor time of one call in microseconds, for each part of the stack in the order of `PARTS`. */
const processorShare = z.object({ name: z.string(), microseconds: z.array(z.number()) });

/** From the start of a process to its first answer, in milliseconds. */
const coldStart = z.object({ name: z.string(), milliseconds: z.number(), overEmpty: z.number() });

/** What a function loads when it starts, in milliseconds beside an empty one. */
const moduleLoad = z.object({
  name: z.string(),
  files: z.number(),
  bytes: z.number(),
  packages: z.number(),
  milliseconds: z.number(),
  emptyMilliseconds: z.number(),
});

/** The median of one thing in a database with nothing in it, and in a large one, in milliseconds. */
const growth = z.object({
  name: z.string(),
  empty: z.number(),
  large: z.number(),
  ratio: z.number(),
  atMost: z.number().optional(),
});

const machine = z.object({
  cores: z.number(),
  memoryGigabytes: z.number(),
  system: z.string(),
  runtime: z.string(),
  /** Processes that wanted a core before the first measurement, on average of a minute. */
  loadBefore: z.number(),
});

const run = { date: z.string(), machine, seconds: z.number() };

export const standardRun = z.object({
  ...run,
  throughput: z.array(throughput),
  delay,
  drain,
  /** Absent in results of before it was measured. */
  flood: flood.optional(),
  /** Empty where the system does not tell. */
  processorTimes: z.array(processorShare),
  coldStarts: z.array(coldStart),
  /** Missing in runs from before it was measured. */
  moduleLoads: z.array(moduleLoad).default([]),
});

export const largeRun = z.object({
  ...run,
  finishedTasks: z.number(),
  waitingTasks: z.number(),
  loadSeconds: z.number(),
  growth: z.array(growth),
});

/** What is in `docs/benchmarks/results.json`: the last run of each command. */
export const results = z.object({
  standard: standardRun.optional(),
  large: largeRun.optional(),
});

export type Throughput = z.infer<typeof throughput>;
export type Delay = z.infer<typeof delay>;
export type ProcessorShare = z.infer<typeof processorShare>;
export type Flood = z.infer<typeof flood>;
export type Drain = z.infer<typeof drain>;
export type ColdStart = z.infer<typeof coldStart>;
export type ModuleLoad = z.infer<typeof moduleLoad>;
export type Growth = z.infer<typeof growth>;
export type Machine = z.infer<typeof machine>;
export type StandardRun = z.infer<typeof standardRun>;
export type LargeRun = z.infer<typeof largeRun>;
export type Results = z.infer<typeof results>;
