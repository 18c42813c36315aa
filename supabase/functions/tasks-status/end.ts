import { z } from "zod";
import type { Authenticator } from "../../../shared/auth/authenticate.ts";
import { ApiError } from "../../../shared/contract/errors.ts";
import type { CanceledBody, PurgedBody } from "../../../shared/contract/responses.ts";
import type { App } from "../../../shared/http/app_environment.ts";
import { refuseOtherMethods } from "../../../shared/http/create_app.ts";
import { readFlag } from "../../../shared/http/read_flag.ts";
import type { CallerTasks } from "../../../shared/tasks/caller_tasks.ts";

export interface EndDependencies {
  readonly authenticator: Authenticator;
  readonly tasks: Pick<CallerTasks, "cancel" | "purge">;
}

const uuid = z.uuid();

/** `DELETE /tasks/{id}`: the user does not want the result, or the task, any more. */
export function addEnd(app: App, { authenticator, tasks }: EndDependencies): void {
  for (const path of ["/tasks/:id", "/tasks-status/:id"] as const) {
    app.delete(path, async (c) => {
      const { userId } = await authenticator.authenticate(c.req.raw.headers);
      const isPurge = readFlag(c, "purge");
      const name = c.req.param("id");
      return c.json(
        isPurge ? await purge(name, userId, tasks) : await cancel(name, userId, tasks),
      );
    });
  }
  refuseOtherMethods(app, "/tasks/:id", "DELETE");
}

async function purge(
  name: string,
  userId: string,
  tasks: EndDependencies["tasks"],
): Promise<PurgedBody> {
  const id = uuid.safeParse(name);
  const purge = id.success ? await tasks.purge(id.data, userId) : undefined;
  if (!id.success || !purge) throw new ApiError("not_found", "No such task");
  return { task_id: id.data, status: "purged", billed: purge.billed };
}

async function cancel(
  name: string,
  userId: string,
  tasks: EndDependencies["tasks"],
): Promise<CanceledBody> {
  const id = uuid.safeParse(name);
  const end = id.success ? await tasks.cancel(id.data, userId) : undefined;
  if (!id.success || !end) throw new ApiError("not_found", "No such task");
  if (!end.canceled) {
    throw new ApiError("task_is_final", `The task is ${end.status} already and stays so`);
  }
  return { task_id: id.data, status: "canceled", billed: end.billed };
}
