/** What the API takes and answers, as the client's types: made of the OpenAPI document. */
import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import { openApiDocument } from "../../shared/openapi/document.ts";

const HEAD = `// Made of the OpenAPI document by \`deno task docs\`. Do not edit.

`;

/** The text of client/generated/api.ts. */
export async function clientTypes(): Promise<string> {
  const document = openApiDocument("https://project.supabase.co/functions/v1");
  const nodes = await openapiTS(document as unknown as OpenAPI3, {
    // What has a default may be left out.
    defaultNonNullable: false,
    immutable: true,
  });
  return HEAD + astToString(nodes);
}
