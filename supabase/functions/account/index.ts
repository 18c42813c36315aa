import { createAuthUsers } from "../../../shared/auth/auth_users.ts";
import { readSettings, secretKeyOf } from "../../../shared/config.ts";
import { connectApi } from "../../../shared/http/connect_api.ts";
import { createCallerTasks } from "../../../shared/tasks/caller_tasks.ts";
import { createAccountApp } from "./app.ts";
import { settings } from "./settings.ts";

const values = readSettings(settings, (name) => Deno.env.get(name));
const { sql, appOptions } = connectApi("account", settings, values);

const app = createAccountApp({
  ...appOptions,
  tasks: createCallerTasks(sql),
  users: createAuthUsers({ supabaseUrl: values.SUPABASE_URL, secretKey: secretKeyOf(values) }),
});

Deno.serve(app.fetch);
