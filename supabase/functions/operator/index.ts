import { readSettings } from "../../../shared/config.ts";
import { connectApi } from "../../../shared/http/connect_api.ts";
import { createOperator } from "../../../shared/operator/operator.ts";
import { createOperatorApp } from "./app.ts";
import { settings } from "./settings.ts";

const values = readSettings(settings, (name) => Deno.env.get(name));
const { sql, appOptions } = connectApi("operator", settings, values);

const app = createOperatorApp({
  ...appOptions,
  operator: createOperator(sql),
});

Deno.serve(app.fetch);
