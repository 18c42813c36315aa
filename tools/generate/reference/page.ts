import { openApiDocument } from "../../../shared/openapi/document.ts";
import { formatMarkdown } from "../format_markdown.ts";
import { readDocument } from "../../../shared/reference/document.ts";
import { renderReference } from "../../../shared/reference/render.ts";

export const referenceFile = new URL("../../../docs/api.md", import.meta.url);

/** The page as it is to be committed, formatted like all others. */
export async function referencePage(): Promise<string> {
  const document = openApiDocument("https://project.supabase.co/functions/v1");
  return await formatMarkdown(renderReference(readDocument(document)));
}
