import { clientName } from "../operations/controls.ts";
import type { Body } from "./body.ts";

/** A request that somebody wants in a program. */
export interface CopiedRequest {
  /** Address of the project. */
  readonly url: string;
  readonly operation: string;
  readonly taskId: string;
  readonly body: Body;
}

/** The request as a program with the client sends it. */
export function asClient({ operation, taskId, body }: CopiedRequest): string {
  const fields = Object.entries(body)
    .map(([name, value]) => `  ${clientName(name)}: ${literal(value)},`);
  return [
    `import { createMakeIt3D } from "@makeit3d/client";`,
    "",
    `// supabase: your app's own client, in which a user is signed in.`,
    "const makeit3d = createMakeIt3D({ supabase, apiKey });",
    "",
    `const { assets } = await makeit3d.generate(${JSON.stringify(operation)}, {`,
    ...fields,
    `}, { taskId: ${JSON.stringify(taskId)} });`,
    "console.log(assets[0]?.url);",
    "",
  ].join("\n");
}

/** A list has a line for each of its values, so that none is far to the right. */
function literal(value: Body[string]): string {
  return JSON.stringify(value, null, 2).replaceAll("\n", "\n  ");
}

/** The request as curl sends it, under the token and key of the shell's variables. */
export function asCurl({ url, operation, taskId, body }: CopiedRequest): string {
  const json = JSON.stringify({ task_id: taskId, ...body }, null, 2);
  return [
    `curl ${quoted(`${url}/functions/v1/generation/${operation}`)} \\`,
    `  -H "Authorization: Bearer $TOKEN" \\`,
    `  -H "X-API-Key: $API_KEY" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d ${quoted(json)}`,
    "",
  ].join("\n");
}

/** As a POSIX shell reads it, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
