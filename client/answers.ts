import { type CamelCase, camelCase } from "./camel_case.ts";
import type { components } from "./generated/api.ts";
import type { Operation, ProviderOf } from "./requests.ts";

type Schemas = components["schemas"];

type Told = CamelCase<Schemas["Status"]>;
type AssetFacts = NonNullable<Told["assets"]>[number];

/** A stored result, with what is known of it. Address of private results: good for an hour. */
export type Asset = Pick<AssetFacts, "url"> & Partial<Omit<AssetFacts, "url">>;

/** How long it may still take. */
export type Eta = NonNullable<Told["eta"]>;

interface Known {
  /** The backend's (`celery_task_id` of the API). */
  readonly id: string;
  /** The app's own. */
  readonly taskId: string;
  readonly operation: Operation;
  /** Every result, in order. */
  readonly assets: readonly Asset[];
}

/** Where a task stands, as the API tells it: `complete`, `failed` and `canceled` are final. */
export interface Task extends Omit<Told, keyof Known | "clientTaskId">, Known {}

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

type Offer = CamelCase<Schemas["Availability"]["operations"][number]>;

/** Whether an operation of a provider is open, busy or closed now: grey what is `closed`. */
export type Availability = {
  [Op in Operation]: Omit<Offer, "operation" | "provider"> & {
    readonly operation: Op;
    readonly provider: ProviderOf<Op>;
  };
}[Operation];

export interface Page {
  readonly tasks: readonly Task[];
  /** Give it to `list` for the next page; null: there is none. */
  readonly nextCursor: string | null;
}

/** Reads a status body. */
export function taskOf(body: unknown): Task {
  const { task_id, client_task_id, asset_urls = [], ...rest } = body as Schemas["Status"];
  const known = camelCase(rest) as Omit<Task, "id" | "taskId" | "assets"> & Partial<Task>;
  return {
    ...known,
    id: task_id,
    taskId: client_task_id,
    // Of what was made before facts were kept there are addresses only.
    assets: known.assets ?? asset_urls.map((url) => ({ url })),
  };
}

export function isFinal({ status }: Task): boolean {
  return status !== "pending" && status !== "processing";
}
