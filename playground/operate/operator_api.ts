import { Api } from "../../client/api.ts";
import { exchangeOf } from "../../client/exchange.ts";
import type { OperatorBody } from "../../shared/contract/operator/answers.ts";
import type { OperatorRequest } from "../../shared/contract/operator/requests.ts";
import type { Backend } from "../connection/backend.ts";
import { accessTokenOf, authOf } from "../connection/session.ts";

export type { OperatorBody, OperatorRequest };

/** The operator's route: what goes on, and what may be done about it. */
export interface OperatorApi {
  read(signal: AbortSignal): Promise<OperatorBody>;
  /** Rejects with a `RefusedError` that says why. */
  act(request: OperatorRequest): Promise<void>;
}

/**
 * Locally as the operator whom the stack has seeded, beside the user who is signed in; elsewhere as that
 * user, whose role the backend checks.
 */
export function createOperatorApi({ settings, auth }: Backend): OperatorApi {
  const { operator } = settings;
  const session = operator ? authOf(settings, "operator") : auth;
  const api = new Api({
    projectUrl: settings.url,
    apiKey: settings.api_key,
    publishableKey: settings.publishable_key,
    accessToken: async (refused) => {
      const token = await accessTokenOf(session, refused);
      if (token !== null || !operator) return token;
      const { data, error } = await session.signInWithPassword(operator);
      if (error) throw error;
      return data.session.access_token;
    },
    exchange: exchangeOf(undefined),
  });
  return {
    // The route answers by these schemas.
    read: async (signal) => await api.ask("operator", { signal }) as OperatorBody,
    act: async (body) => {
      await api.ask("operator", { method: "POST", body });
    },
  };
}
