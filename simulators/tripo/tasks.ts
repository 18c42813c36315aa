/**
 * Tasks, and the requests that create them.
 *
 * @module
 */
import type { Shown } from "../images.ts";
import type { Job, Jobs } from "../jobs.ts";
import type { TaskEnding } from "./endings.ts";

export const operations = ["text-to-model", "image-to-model", "refine-model"] as const;

/** What a task is to make. */
export interface TaskOrder extends Shown {
  readonly type:
    | "text_to_model"
    | "image_to_model"
    | "multiview_to_model"
    | "texture_model"
    | "import_model";
  readonly credits: number;
  /** The request, as the task repeats it. */
  readonly input: Readonly<Record<string, unknown>>;
  /** What the model depends on. */
  readonly seed: string;
  readonly textured: boolean;
  /** It is not in the account's list before it has ended. Default: it is. */
  readonly isListedLate?: boolean;
}

export type Task = Job<TaskEnding, TaskOrder>;
export type Tasks = Jobs<TaskEnding, TaskOrder>;

/** Tasks of one pool compete for places; how many there are in each. */
export const pools = { H: 10, P: 5, processing: 5 } as const;

/** A valid request for a task that costs something. */
export interface TaskRequest {
  readonly operation: typeof operations[number];
  readonly model: string;
  readonly pool: keyof typeof pools;
  readonly order: TaskOrder;
  /** Where triggers are looked for. */
  readonly text: string;
  /** The request as the ledger shows it. */
  readonly record: Readonly<Record<string, unknown>>;
}
