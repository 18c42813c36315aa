import type { z } from "zod";
import { type Authenticator, createAuthenticator } from "../auth/authenticate.ts";
import { createUserLimit } from "../auth/user_limit.ts";
import { type api, databaseUrlOf, tokenSettingsOf } from "../config.ts";
import { API_LIMIT_SECONDS, connect, type Database } from "../database.ts";
import { logClearText } from "../database_clear_text.ts";
import { consoleLog, type Log } from "../log.ts";
import { secretsOf } from "../setting_secrecy.ts";

type ApiValues = z.output<z.ZodObject<typeof api>>;

/** What each function of the API works with. */
export interface ApiConnection {
  readonly log: Log;
  readonly sql: Database;
  /** What each of their apps is created with. */
  readonly appOptions: {
    readonly log: Log;
    readonly corsOrigins: readonly string[];
    readonly authenticator: Authenticator;
  };
}

/**
 * Connects a function of the API to the database, and lets it check who calls.
 *
 * @param name Of the function, in its logs and connections.
 * @param settings The schema that the values were read with: its secrets are in no log.
 */
export function connectApi(
  name: string,
  settings: { readonly shape: Readonly<Record<string, z.ZodType>> },
  values: ApiValues,
): ApiConnection {
  const log = consoleLog(name, secretsOf(settings, values));
  const sql = connect(databaseUrlOf(values), name, {
    limitSeconds: API_LIMIT_SECONDS,
    onClearText: logClearText(log),
  });
  const limit = createUserLimit({ perMinute: values.USER_REQUESTS_PER_MINUTE, what: "requests" });
  const authenticator = createAuthenticator(sql, tokenSettingsOf(values), log, limit);
  return { log, sql, appOptions: { log, corsOrigins: values.CORS_ORIGINS, authenticator } };
}
