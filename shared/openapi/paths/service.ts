import { answer, type JsonObject, operatorOnly, refusals } from "../answers.ts";

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
      "The worker's secret, for the operator: versions, problems, and the reason of a 503. Also as " +
      "`Authorization: Bearer`.",
    schema: { type: "string" },
  }],
  responses: {
    200: answer("They can.", "Health"),
    ...refusals(["method_not_allowed", "unavailable"]),
  },
};

const metrics = {
  operationId: "metrics",
  summary: "The service in numbers, for the operator's monitoring system.",
  description:
    "Depth and age of queues, lanes and their capacity, how tasks ended in the last hour and day, what " +
    "is spent today, open alerts, workers: each a gauge with its help. None is about a user.",
  tags: ["service"],
  security: operatorOnly,
  responses: {
    200: {
      description: "Prometheus' text format, version 0.0.4.",
      content: { "text/plain": { schema: { type: "string", pattern: "^# HELP makeit3d_" } } },
    },
    ...refusals(["unauthorized", "method_not_allowed", "internal_error", "unavailable"]),
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
  "/generation/metrics": { get: metrics },
  "/generation/openapi.json": { get: self },
};
