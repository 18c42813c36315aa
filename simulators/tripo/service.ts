/**
 * All that one simulated Tripo remembers.
 *
 * @module
 */
import { Jobs } from "../jobs.ts";
import { ResultFiles } from "../result_files.ts";
import type { SimulatorContext } from "../simulator.ts";
import { TriggerFinder } from "../triggers.ts";
import type { TaskEnding } from "./endings.ts";
import { FileStore } from "./file_store.ts";
import type { TaskOrder, Tasks } from "./tasks.ts";
import { type Trigger, triggers } from "./triggers.ts";

export const NAME = "tripo";

export interface TripoService {
  readonly context: SimulatorContext;
  readonly tasks: Tasks;
  readonly files: FileStore;
  readonly results: ResultFiles;
  readonly finder: TriggerFinder<Trigger>;
}

export function createService(context: SimulatorContext): TripoService {
  return {
    context,
    tasks: new Jobs<TaskEnding, TaskOrder>(context.now),
    files: new FileStore(context.now),
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

/** The envelope of every successful answer. */
export function succeedWith(data: unknown): Response {
  return Response.json({ code: 0, status: "success", data });
}
