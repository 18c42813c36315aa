import { answer, type JsonObject, refusals } from "../answers.ts";

const health = {
  operationId: "health",
  summary:
    "Whether requests are accepted and worked off now. The answer may be five seconds old. A 503 also " +
    "while the operator has paused submits; its message says so in the operator's words.",
  tags: ["service"],
  security: [],
  parameters: [{
    name: "apikey",
    in: "header",
    description:
      "The worker's secret, for the operator: versions, problems, and the reason of a 503.",
    schema: { type: "string" },
  }],
  responses: {
    200: answer("They can.", "Health"),
    ...refusals(["method_not_allowed", "unavailable"]),
  },
};

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

/** What the service says of itself. */
export const servicePaths: JsonObject = {
  "/generation/health": { get: health },
  "/generation/openapi.json": { get: self },
};
