import { DEFAULT_PORT, taskCommand } from "../command_line.ts";
import { realProviders } from "./stack/providers.ts";
import type { Stack } from "./stack/stack.ts";

/** What a person wants to know of a stack that has just started. */
export function welcome(
  { ports, folders, publicUrl }: Stack,
  environment: Record<string, string>,
  overrides: Readonly<Record<string, string>>,
  seconds: number,
): string {
  const real = realProviders(overrides);
  const portOption = ports.gateway === DEFAULT_PORT ? "" : ` --port ${ports.gateway}`;
  const rows = [
    ["Playground", `${environment["SUPABASE_URL"]}/`],
    ["API", `${environment["SUPABASE_URL"]}/functions/v1`],
    ["Reference", `${environment["SUPABASE_URL"]}/docs`],
    ["Supabase", environment["SUPABASE_URL"]],
    ...(publicUrl ? [["For phones", publicUrl]] : []),
    ["Studio", `http://127.0.0.1:${ports.studio}`],
    ["Database", environment["DATABASE_URL"]],
    ["Simulators", environment["SIMULATOR_URL"]],
    ["API key", environment["API_KEY"]],
    ["Publishable", environment["SUPABASE_PUBLISHABLE_KEY"]],
    ["Secret", environment["SUPABASE_SECRET_KEY"]],
    ["Users", userLines(environment)],
    [
      "Providers",
      real.length > 0 ? `real: ${real.join(", ")}; the rest simulated` : "all simulated",
    ],
    ["Logs", `${folders.stack}/logs`],
  ];
  return [
    "",
    `Ready in ${seconds.toFixed(1)} s`,
    "",
    ...rows.map(([name = "", value = ""]) => `  ${name.padEnd(12)}${value}`),
    "",
    "Open the playground in a browser, or generate an image here:",
    "",
    `${taskCommand("try")}${portOption}`,
    "",
    "Or paste this:",
    "",
    curl(environment),
    "",
    "Ctrl-C stops everything; the data is kept.",
  ].join("\n");
}

function userLines(environment: Record<string, string>): string {
  return ["TEST_USER", "TEST_USER_2", "TEST_OPERATOR"]
    .map((user) => `${environment[`${user}_EMAIL`]} / ${environment[`${user}_PASSWORD`]}`)
    .join(", ");
}

/** One command that signs in, submits and prints the answer; it works for as long as the stack runs. */
function curl(environment: Record<string, string>): string {
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, API_KEY } = environment;
  const user = JSON.stringify({
    email: environment["TEST_USER_EMAIL"],
    password: environment["TEST_USER_PASSWORD"],
  });
  return `TOKEN=$(curl -s '${SUPABASE_URL}/auth/v1/token?grant_type=password' \\
  -H 'apikey: ${SUPABASE_PUBLISHABLE_KEY}' -H 'Content-Type: application/json' \\
  -d '${user}' | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/') && \\
curl -i ${SUPABASE_URL}/functions/v1/generation/text-to-image \\
  -H "Authorization: Bearer $TOKEN" -H 'X-API-Key: ${API_KEY}' -H 'Content-Type: application/json' \\
  -d '{"task_id":"curl-'$(date +%s)'","provider":"openai","prompt":"A clay robot watering a cactus"}'`;
}
