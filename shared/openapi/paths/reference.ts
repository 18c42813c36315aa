import { type JsonObject, refusals } from "../answers.ts";

const self = {
  operationId: "openapi",
  summary: "This document.",
  tags: ["service"],
  security: [],
  responses: {
    200: {
      description: "OpenAPI 3.1.",
      content: { "application/json": { schema: { type: "object" } } },
    },
    ...refusals(["method_not_allowed"]),
  },
};

const ifNoneMatch = {
  name: "If-None-Match",
  in: "header",
  description:
    "The ETag of an earlier answer: a text that is still the same is answered with a 304.",
  schema: { type: "string", examples: ['"5d1f0c2ab93e4c77"'] },
};

const cacheHeaders = {
  ETag: {
    description: "Of this text; another one, where a deploy has changed it.",
    required: true,
    schema: { type: "string", pattern: '^(W/)?"[0-9a-f]{16}"$' },
  },
  "Cache-Control": {
    description: "For how long anybody may keep it.",
    required: true,
    schema: { type: "string", const: "public, max-age=300" },
  },
};

/** A text for language models: https://llmstxt.org. */
function plainText(operationId: string, summary: string, description: string): JsonObject {
  return {
    operationId,
    summary,
    description,
    tags: ["service"],
    security: [],
    parameters: [ifNoneMatch],
    responses: {
      200: {
        description: "Markdown.",
        content: { "text/plain": { schema: { type: "string", pattern: "^# MakeIt3D\n" } } },
        headers: cacheHeaders,
      },
      304: { description: "It is still the text of If-None-Match.", headers: cacheHeaders },
      ...refusals(["method_not_allowed"]),
    },
  };
}

const short = plainText(
  "llms",
  "What this is, for language models: a program with the client, the operations, and where the rest is.",
  "In the form of https://llmstxt.org, at the addresses of this project.",
);

const full = plainText(
  "llmsFull",
  "The same program, and then this reference, in one text.",
  "For a language model that writes an app: some 15,000 tokens.",
);

/** What the service says of its API. */
export const referencePaths: JsonObject = {
  "/generation/openapi.json": { get: self },
  "/generation/llms.txt": { get: short },
  "/generation/llms-full.txt": { get: full },
};
