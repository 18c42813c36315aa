import { openApiDocument } from "../../shared/openapi/document.ts";
import { ApiDocument } from "./api_document.ts";

/**
 * From here on every answer of the functions that a test sees has to be as the API's OpenAPI document
 * promises, whatever else the test is about.
 */
export function checkAnswers(functionsUrl: string): void {
  const document = new ApiDocument(openApiDocument(functionsUrl));
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { method } = request;
    const url = new URL(request.url);
    const response = await fetch(request);
    const path = url.href.startsWith(functionsUrl)
      ? url.pathname.slice(new URL(functionsUrl).pathname.length)
      : undefined;
    // The worker is not the apps' to call, and the rest is the platform's.
    if (
      !path ||
      !/^\/(?:(?:account|operator|tasks|tasks-status)$|(?:generation|tasks|tasks-status)\/)/.test(
        path,
      )
    ) return response;
    if (!["GET", "POST", "PUT", "PATCH", "DELETE"].includes(method)) return response;
    const { status, headers } = response;
    const isJson = headers.get("content-type")?.startsWith("application/json") ?? false;
    const copy = response.clone();
    const body: unknown = isJson ? await copy.json() : await copy.text();
    document.check({ method, path, status, headers, body });
    return response;
  };
}
