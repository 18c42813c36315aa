/** What the client knows of the API: its types, from the OpenAPI document, and the limits of images. */
import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import { operationIds } from "../../shared/contract/operations.ts";
import { providersOf } from "../../shared/providers/catalog.ts";
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

/** The text of client/generated/image_limits.ts. */
export function clientImageLimits(): string {
  const limits = operationIds.map((operation) => [
    operation,
    Object.fromEntries(
      providersOf(operation).flatMap(([provider, { assetLimits }]) => {
        if (!assetLimits?.mediaTypes.some((type) => type.startsWith("image/"))) return [];
        const { mediaTypes, maxBytes, image: { maxSide, maxPixels } = {} } = assetLimits;
        return [[provider, { mediaTypes, maxBytes, maxSide, maxPixels }]];
      }),
    ),
  ]);
  const json = JSON.stringify(Object.fromEntries(limits), null, 2);
  return `${HEAD}export const imageLimits = ${json} as const;\n`;
}
