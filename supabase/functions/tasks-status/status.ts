import { z } from "zod";
import type { Authenticator } from "../../../shared/auth/authenticate.ts";
import { ApiError } from "../../../shared/contract/errors.ts";
import type { App } from "../../../shared/http/app_environment.ts";
import { refuseOtherMethods } from "../../../shared/http/create_app.ts";
import type { CallerTasks } from "../../../shared/tasks/caller_tasks.ts";
import type { TaskView } from "../../../shared/tasks/task.ts";
import type { VersionWatch } from "../../../shared/tasks/version_watch.ts";
import { entityTag, isKnown, type KnownVersions, readIfNoneMatch } from "./entity_tag.ts";
import { type ShowDependencies, showTasks } from "./show_tasks.ts";
import { readWaitTime } from "./wait_time.ts";

export interface StatusDependencies extends ShowDependencies {
  readonly authenticator: Authenticator;
  readonly tasks: Pick<CallerTasks, "read">;
  readonly watch: Pick<VersionWatch, "wait">;
  readonly now: () => number;
}

const uuid = z.uuid();

/** `GET /tasks/{id}/status`: how far a task is, at once or when it has changed. */
export function addStatus(app: App, dependencies: StatusDependencies): void {
  const { authenticator, tasks } = dependencies;
  for (const path of ["/tasks/:id/status", "/tasks-status/:id"] as const) {
    app.get(path, async (c) => {
      const { userId, apiKey } = await authenticator.authenticate(c.req.raw.headers);
      const { seconds, isPreference } = readWaitTime(c);
      const known = readIfNoneMatch(c.req.header("if-none-match"));
      const id = uuid.safeParse(c.req.param("id"));
      const read = async (): Promise<TaskView> => {
        const task = id.success ? await tasks.read(id.data, userId, apiKey.seesCosts) : undefined;
        if (!task) throw new ApiError("not_found", "No such task");
        return task;
      };
      const task = await readInTime(
        read,
        { known, seconds, request: c.req.raw },
        dependencies,
      );
      if (isPreference) c.header("Preference-Applied", `wait=${seconds}`);
      c.header("ETag", entityTag(task.version));
      if (isKnown(task.version, known)) return c.body(null, 304);
      const [body] = await showTasks(c, [task], userId, dependencies);
      return c.json(body);
    });
    refuseOtherMethods(app, path, path === "/tasks-status/:id" ? "GET, DELETE" : "GET");
  }
}

interface Wait {
  readonly known: KnownVersions | undefined;
  readonly seconds: number;
  /** Asked for its signal only by who waits: each costs a listener of the server. */
  readonly request: Request;
}

/** The task, as soon as it is other than what the app knows, and at the latest after the wait. */
async function readInTime(
  read: () => Promise<TaskView>,
  { known, seconds, request }: Wait,
  { watch, now }: StatusDependencies,
): Promise<TaskView> {
  const until = now() + seconds * 1_000;
  const first = await read();
  const isAwaited = ({ version, finishedAt }: TaskView): boolean =>
    known ? known !== "any" && known.has(version) : version === first.version && !finishedAt;
  let task = first;
  while (isAwaited(task) && now() < until) {
    const end = await watch.wait(task, until - now(), request.signal);
    // What is there was read before; and who knows it already is told nothing anew.
    if (end === "cut" || (end === "over" && known)) return task;
    task = await read();
  }
  return task;
}
