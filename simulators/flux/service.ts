/**
 * All that one simulated FLUX remembers.
 *
 * @module
 */
import { type Job, Jobs } from "../jobs.ts";
import { ResultFiles } from "../result_files.ts";
import type { SimulatorContext } from "../simulator.ts";
import { TriggerFinder } from "../triggers.ts";
import type { PictureEnding } from "./endings.ts";
import type { PictureOrder } from "./request.ts";
import { type Trigger, triggers } from "./triggers.ts";

export const NAME = "flux";

/** Where jobs are worked off; none of these names follows from the address of the API. */
export const clusters = ["eu2", "us1"] as const;

/** An order that was taken. */
export interface PlacedOrder extends PictureOrder {
  readonly cluster: typeof clusters[number];
  /** Of the picture's address, which is only ever one. */
  readonly token: string;
}

export type PictureJob = Job<PictureEnding, PlacedOrder>;

export interface FluxService {
  readonly context: SimulatorContext;
  readonly jobs: Jobs<PictureEnding, PlacedOrder>;
  readonly results: ResultFiles;
  readonly finder: TriggerFinder<Trigger>;
}

export function createService(context: SimulatorContext): FluxService {
  return {
    context,
    jobs: new Jobs<PictureEnding, PlacedOrder>(context.now),
    results: new ResultFiles(context.now),
    finder: new TriggerFinder(triggers),
  };
}

/** Who asks, and how long they listen. */
export interface Caller {
  readonly owner: string;
  /** Where this simulator is reached, without a path. */
  readonly origin: string;
  readonly signal: AbortSignal;
}
