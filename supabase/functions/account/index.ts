import { createAuthUsers } from "../../../shared/auth/auth_users.ts";
import { createAuthenticator } from "../../../shared/auth/authenticate.ts";
import { createUserLimit } from "../../../shared/auth/user_limit.ts";
import {
  databaseUrlOf,
  readSettings,
  secretKeyOf,
  tokenSettingsOf,
} from "../../../shared/config.ts";
import { API_LIMIT_SECONDS, connect } from "../../../shared/database.ts";
import { logClearText } from "../../../shared/database_clear_text.ts";
import { consoleLog } from "../../../shared/log.ts";
import { secretsOf } from "../../../shared/setting_secrecy.ts";
import { createCallerTasks } from "../../../shared/tasks/caller_tasks.ts";
import { createAccountApp } from "./app.ts";
import { settings } from "./settings.ts";

const values = readSettings(settings, (name) => Deno.env.get(name));
const log = consoleLog("account", secretsOf(settings, values));
const sql = connect(databaseUrlOf(values), "account", {
  limitSeconds: API_LIMIT_SECONDS,
  onClearText: logClearText(log),
});

const app = createAccountApp({
  log,
  corsOrigins: values.CORS_ORIGINS,
  authenticator: createAuthenticator(
    sql,
    tokenSettingsOf(values),
    log,
    createUserLimit({ perMinute: values.USER_REQUESTS_PER_MINUTE, what: "requests" }),
  ),
  tasks: createCallerTasks(sql),
  users: createAuthUsers({ supabaseUrl: values.SUPABASE_URL, secretKey: secretKeyOf(values) }),
});

Deno.serve(app.fetch);
