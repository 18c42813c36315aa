import type { Context } from "hono";
import type { Authenticator } from "../../../shared/auth/authenticate.ts";
import { operationIds } from "../../../shared/contract/operation_ids.ts";
import { type TaskListBody, taskStatus } from "../../../shared/contract/responses.ts";
import type { App } from "../../../shared/http/app_environment.ts";
import { refuseOtherMethods } from "../../../shared/http/create_app.ts";
import { refuseParameter } from "../../../shared/http/read_flag.ts";
import type { CallerTasks } from "../../../shared/tasks/caller_tasks.ts";
import type { TaskListQuery } from "../../../shared/tasks/task.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { type ShowDependencies, showTasks } from "./show_tasks.ts";

export interface ListDependencies extends ShowDependencies {
  readonly authenticator: Authenticator;
  readonly tasks: Pick<CallerTasks, "list">;
}

const LIMIT = { usual: 20, most: 100 } as const;

/** `GET /tasks`: the caller's tasks, newest first, a part at a time. */
export function addList(app: App, dependencies: ListDependencies): void {
  const { authenticator, tasks } = dependencies;
  for (const path of ["/tasks", "/tasks-status"] as const) {
    app.get(path, async (c) => {
      const { userId, apiKey } = await authenticator.authenticate(c.req.raw.headers);
      const list = await tasks.list(readQuery(c), userId, apiKey.seesCosts);
      const body: TaskListBody = {
        tasks: await showTasks(c, list.tasks, userId, dependencies),
        next_cursor: list.next ? writeCursor(list.next) : null,
      };
      return c.json(body);
    });
    refuseOtherMethods(app, path, "GET");
  }
}

function readQuery(c: Context): TaskListQuery {
  return {
    operation: readOneOf(c, "operation", operationIds),
    status: readOneOf(c, "status", taskStatus.options),
    limit: readLimit(c),
    before: readPlace(c),
  };
}

function readOneOf<Value extends string>(
  c: Context,
  field: string,
  values: readonly Value[],
): Value | undefined {
  const given = readParameter(c, field);
  const known = values.find((value) => value === given);
  if (known !== undefined || given === undefined) return known;
  return refuseParameter(field, `Must be one of ${values.join(", ")}`);
}

function readLimit(c: Context): number {
  const given = readParameter(c, "limit") ?? String(LIMIT.usual);
  const limit = /^\d{1,3}$/.test(given) ? Number(given) : 0;
  if (limit >= 1 && limit <= LIMIT.most) return limit;
  return refuseParameter("limit", `Must be a whole number from 1 to ${LIMIT.most}`);
}

function readPlace(c: Context): TaskListQuery["before"] {
  const given = readParameter(c, "cursor");
  if (given === undefined) return undefined;
  return readCursor(given) ??
    refuseParameter("cursor", "Is none; send next_cursor as it was told, or none to begin anew");
}

/** An empty one is one that was left out, as everywhere. */
function readParameter(c: Context, field: string): string | undefined {
  const [value, ...more] = c.req.queries(field) ?? [];
  if (more.length > 0) return refuseParameter(field, "Must be there once");
  return value === "" ? undefined : value;
}
