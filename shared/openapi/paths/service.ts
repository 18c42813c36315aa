import {
  answer,
  type JsonObject,
  operatorOnly,
  refusals,
  secured,
  traceparent,
} from "../answers.ts";

const availability = {
  operationId: "availability",
  summary: "What can be asked for now: each operation of each provider.",
  description:
    "So that an app offers what works. An operation is closed while its provider is paused, by its " +
    "failures or by the operator, is not set up here, or may cost no more today. The answer may be five " +
    "seconds old. It says nothing about the user: what the user's plan and quotas leave is in " +
    "`GET /account`. A submit is decided by itself, whatever this has said.",
  tags: ["service"],
  security: secured,
  parameters: [traceparent],
  responses: {
    200: answer("What can be asked for.", "Availability"),
    ...refusals([
      "unauthorized",
      "forbidden",
      "method_not_allowed",
      "rate_limited",
      "internal_error",
      "unavailable",
    ]),
  },
};

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

/** What the service says of itself. */
export const servicePaths: JsonObject = {
  "/generation/availability": { get: availability },
  "/generation/health": { get: health },
  "/generation/metrics": { get: metrics },
};
