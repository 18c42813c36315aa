import type { Authenticator, Caller } from "../../../shared/auth/authenticate.ts";
import { readOperatorRequest } from "../../../shared/contract/operator/read_request.ts";
import type { App } from "../../../shared/http/app_environment.ts";
import { createApp, refuseOtherMethods } from "../../../shared/http/create_app.ts";
import { limitBody, readJson } from "../../../shared/http/read_json.ts";
import type { Log } from "../../../shared/log.ts";
import type { Operator } from "../../../shared/operator/operator.ts";
import { rejectOtherUser } from "../../../shared/operator/reject_other_user.ts";

export interface OperatorDependencies {
  readonly log: Log;
  readonly corsOrigins: readonly string[];
  readonly authenticator: Authenticator;
  readonly operator: Operator;
}

/** `GET /operator`: what goes on. `POST /operator`: what an operator does about it. */
export function createOperatorApp(
  { log, corsOrigins, authenticator, operator }: OperatorDependencies,
): App {
  /** The token first, so that everybody else costs no query. */
  async function authenticate(headers: Headers): Promise<Caller> {
    const caller = await authenticator.authenticate(headers);
    if (!caller.isOperator) throw rejectOtherUser();
    return caller;
  }

  const app = createApp({ log, corsOrigins });
  app.get("/operator", async (c) => {
    const { userId } = await authenticate(c.req.raw.headers);
    return c.json(await operator.read(userId));
  });
  app.post("/operator", limitBody(), async (c) => {
    const { userId } = await authenticate(c.req.raw.headers);
    const done = await operator.act(userId, readOperatorRequest(await readJson(c)));
    const { id, action } = done;
    c.get("log").info("operator action", { action, operator_action: id, user_id: userId });
    return c.json(done);
  });
  refuseOtherMethods(app, "/operator", "GET, POST");
  return app;
}
