import { operationIds, operations } from "../contract/operations.ts";
import { VERSION } from "../contract/version.ts";
import { openApiDocument } from "../openapi/document.ts";
import { providersOf } from "../providers/catalog.ts";
import { CLIENT_PROGRAM } from "./client_program.ts";
import { clientDetails, clientText } from "./client_text.ts";
import { readDocument } from "./document.ts";
import { renderReference } from "./render.ts";

/**
 * What language models are told first, in the form of https://llmstxt.org.
 *
 * @param functionsUrl URL under which apps reach the functions.
 */
export function shortText(functionsUrl: string): string {
  return [
    ...opening(functionsUrl),
    "## Operations",
    operationIds.map((operation) => {
      const providers = providersOf(operation).map(([provider]) => `\`${provider}\``).join(", ");
      return `- \`${operation}\`, by ${providers}: ${operations[operation].summary}`;
    }).join("\n"),
    "## Reference",
    [
      `- [The API](${functionsUrl}/generation/llms-full.txt): every request, parameter, limit and ` +
      "refusal, with examples",
      `- [The same as OpenAPI 3.1](${functionsUrl}/generation/openapi.json)`,
    ].join("\n"),
  ].join("\n\n") + "\n";
}

/** The same program, more of the client, and then the whole reference. */
export function fullText(functionsUrl: string): string {
  const reference = renderReference(readDocument(openApiDocument(functionsUrl)));
  return [...opening(functionsUrl), ...clientDetails(), reference].join("\n\n");
}

/** An app is written more often than the API is called by hand: so the client comes first. */
function opening(functionsUrl: string): string[] {
  return [
    "# MakeIt3D",
    "> Images and 3D models by AI services, put into an app's own Supabase project. An app uses the " +
    "client `@makeit3d/client` (browsers, React Native, Node.js, Deno), or the API below it.",
    `Version ${VERSION}, at ${functionsUrl}`,
    "## A program with the client",
    "```ts\n" + CLIENT_PROGRAM + "```",
    "The package is on no registry yet: `deno task pack-client`, in the backend's repository, writes it. " +
    "Without supabase-js it is `createMakeIt3D({ url, apiKey, accessToken })`. Parameters have the names " +
    "of the API, but files; answers are in camelCase.",
    ...clientText(),
    "Without the client: submit with a `task_id` of your own, after a lost answer the same again, and read " +
    "the status with `?wait=25` until the task has ended.",
  ];
}
