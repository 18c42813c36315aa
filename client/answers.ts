import { type CamelCase, camelCase } from "./camel_case.ts";
import type { components } from "./generated/api.ts";
import type { Operation } from "./requests.ts";

type Schemas = components["schemas"];

/** A stored result. */
export interface Asset {
  /** Of private results good for an hour: `get(id)` has a new one. */
  readonly url: string;
  readonly mediaType?: string;
  /** Length of the file. */
  readonly bytes?: number;
  readonly width?: number;
  readonly height?: number;
  readonly triangles?: number;
  readonly vertices?: number;
  readonly materials?: number;
  readonly textures?: number;
  /** Width, height and depth of a model, in metres. */
  readonly size?: readonly number[];
  readonly compressed?: string;
}

/** How long it may still take. */
export interface Eta {
  readonly seconds: number;
  readonly secondsMax: number;
  readonly basedOn: "history" | "typical";
}

type Told = CamelCase<Schemas["Status"]>;

/** Where a task stands, as the API tells it: `complete`, `failed` and `canceled` are final. */
export interface Task extends Omit<Told, keyof Known | "clientTaskId">, Known {}

interface Known {
  /** The backend's (`celery_task_id` of the API). */
  readonly id: string;
  /** The app's own. */
  readonly taskId: string;
  readonly operation: Operation;
  readonly assets: readonly Asset[];
  /** How many are before it while it is pending; `"1000+"` for more. */
  readonly queuePosition?: number | string;
  readonly eta?: Eta;
  readonly previewUrl?: string;
}

/** A task that is complete. */
export interface Result<Op extends Operation = Operation> extends Task {
  readonly operation: Op;
  readonly status: "complete";
}

export type TaskStatus = Task["status"];

/** What a request would cost, and what is left of the user's quotas. */
export type Estimate = CamelCase<Omit<Schemas["DryRun"], "dry_run">>;

/** The user's plan, and what is left of it. */
export type Account = CamelCase<Schemas["Account"]>;

export interface Page {
  readonly tasks: readonly Task[];
  /** Give it to `list` for the next page; null: there is none. */
  readonly nextCursor: string | null;
}

type AnyStatus = Schemas["Status"] & { readonly assets?: unknown };

/** Reads a status body. */
export function taskOf(body: unknown): Task {
  const { task_id, client_task_id, asset_urls = [], ...rest } = body as AnyStatus;
  const known = camelCase(rest) as Omit<Task, "id" | "taskId" | "assets"> & Partial<Task>;
  return {
    ...known,
    id: task_id,
    taskId: client_task_id,
    assets: known.assets ?? asset_urls.map((url) => ({ url })),
  };
}

export function isFinal({ status }: Task): boolean {
  return status !== "pending" && status !== "processing";
}
