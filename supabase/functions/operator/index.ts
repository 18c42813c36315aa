import { createAuthenticator } from "../../../shared/auth/authenticate.ts";
import { createUserLimit } from "../../../shared/auth/user_limit.ts";
import { databaseUrlOf, readSettings, tokenSettingsOf } from "../../../shared/config.ts";
import { API_LIMIT_SECONDS, connect } from "../../../shared/database.ts";
import { logClearText } from "../../../shared/database_clear_text.ts";
import { consoleLog } from "../../../shared/log.ts";
import { createOperator } from "../../../shared/operator/operator.ts";
import { secretsOf } from "../../../shared/setting_secrecy.ts";
import { createOperatorApp } from "./app.ts";
import { settings } from "./settings.ts";

const values = readSettings(settings, (name) => Deno.env.get(name));
const log = consoleLog("operator", secretsOf(settings, values));
const sql = connect(databaseUrlOf(values), "operator", {
  limitSeconds: API_LIMIT_SECONDS,
  onClearText: logClearText(log),
});

const app = createOperatorApp({
  log,
  corsOrigins: values.CORS_ORIGINS,
  authenticator: createAuthenticator(
    sql,
    tokenSettingsOf(values),
    log,
    createUserLimit({ perMinute: values.USER_REQUESTS_PER_MINUTE, what: "requests" }),
  ),
  operator: createOperator(sql),
});

Deno.serve(app.fetch);
