import type { AuthUsers } from "../../../shared/auth/auth_users.ts";
import type { Authenticator } from "../../../shared/auth/authenticate.ts";
import type { AccountDeletedBody } from "../../../shared/contract/responses.ts";
import type { App } from "../../../shared/http/app_environment.ts";
import { createApp, refuseOtherMethods } from "../../../shared/http/create_app.ts";
import type { Log } from "../../../shared/log.ts";
import type { CallerTasks } from "../../../shared/tasks/caller_tasks.ts";
import { accountBodyOf } from "../../../shared/tasks/user_quota.ts";

export interface AccountDependencies {
  readonly log: Log;
  readonly corsOrigins: readonly string[];
  readonly authenticator: Authenticator;
  readonly tasks: Pick<CallerTasks, "purgeUser" | "quota">;
  readonly users: AuthUsers;
}

/**
 * `GET /account`: the user's plan, and what is left of it. `DELETE /account`: everything of the caller,
 * then the user in Auth. It may break off anywhere: sent again it goes on, and once all is gone it
 * answers the same as long as the token is good.
 */
export function createAccountApp(
  { log, corsOrigins, authenticator, tasks, users }: AccountDependencies,
): App {
  const app = createApp({ log, corsOrigins });
  app.get("/account", async (c) => {
    const { userId, plan } = await authenticator.authenticate(c.req.raw.headers);
    return c.json(accountBodyOf(await tasks.quota(userId, plan)));
  });
  app.delete("/account", async (c) => {
    const { userId } = await authenticator.authenticate(c.req.raw.headers);
    // First, and in small parts: Auth's own request would not wait for many tasks.
    await tasks.purgeUser(userId);
    await users.delete(userId);
    const body: AccountDeletedBody = { status: "deleted" };
    return c.json(body);
  });
  refuseOtherMethods(app, "/account", "GET, DELETE");
  return app;
}
