import type { Context } from "hono";
import { z } from "zod";
import type { Authenticator } from "../../../shared/auth/authenticate.ts";
import { ApiError } from "../../../shared/contract/errors.ts";
import { reportRequest } from "../../../shared/contract/report.ts";
import type { ReportedBody } from "../../../shared/contract/responses.ts";
import { validate } from "../../../shared/contract/validate.ts";
import type { App } from "../../../shared/http/app_environment.ts";
import { refuseOtherMethods } from "../../../shared/http/create_app.ts";
import { limitBody, readJson } from "../../../shared/http/read_json.ts";
import type { CallerTasks } from "../../../shared/tasks/caller_tasks.ts";

export interface ReportDependencies {
  readonly authenticator: Authenticator;
  readonly tasks: Pick<CallerTasks, "report">;
}

const uuid = z.uuid();

/** `POST /tasks/{id}/report`: the user does not want to see the result, and tells the operator why. */
export function addReport(app: App, { authenticator, tasks }: ReportDependencies): void {
  for (const path of ["/tasks/:id/report", "/tasks-status/:id/report"] as const) {
    app.post(path, limitBody(), async (c) => {
      const { userId } = await authenticator.authenticate(c.req.raw.headers);
      return c.json(await report(c, c.req.param("id"), userId, tasks));
    });
    refuseOtherMethods(app, path, "POST");
  }
}

async function report(
  c: Context,
  name: string,
  userId: string,
  tasks: ReportDependencies["tasks"],
): Promise<ReportedBody> {
  const { reason } = validate(reportRequest, await readJson(c));
  const id = uuid.safeParse(name);
  const reported = id.success ? await tasks.report(id.data, userId, reason) : undefined;
  if (!id.success || !reported) throw new ApiError("not_found", "No such task");
  if (!reported.reportedAt) {
    const message = `The task is ${reported.status}: it has no result that could be reported`;
    throw new ApiError("task_not_complete", message);
  }
  return { task_id: id.data, reported: true, reported_at: reported.reportedAt.toISOString() };
}
