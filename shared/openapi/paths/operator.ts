import { answer, type JsonObject, refusals, secured, traceparent } from "../answers.ts";
import { operatorRequestBody } from "../operator_schemas.ts";

const read = {
  operationId: "readOperator",
  summary: "For operators: lanes, queue, spend, alerts, and what operators did.",
  description:
    "Operators are users with `app_metadata.role = 'operator'`, which only the project's server can " +
    "write; everybody else gets a 403. The role counts from the user's next token on, and ends at once. " +
    "What is read is what `deno task status` shows.",
  tags: ["operator"],
  security: secured,
  parameters: [traceparent],
  responses: {
    200: answer("What goes on.", "Operator"),
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

const act = {
  operationId: "operate",
  summary: "For operators: pauses, resumes, blocks, unblocks, sets budgets.",
  description:
    "One action a request; what it did is logged, with who did it, in the transaction that does it. An " +
    "action may be sent again: it comes to the same, and is logged again. It is what the commands do " +
    "(`deno task lanes`, `submits`, `users`, `budgets`), which are logged, too.",
  tags: ["operator"],
  security: secured,
  parameters: [traceparent],
  requestBody: operatorRequestBody,
  responses: {
    200: answer("It is done, and logged.", "OperatorAction"),
    ...refusals([
      "invalid_request",
      "unauthorized",
      "forbidden",
      "method_not_allowed",
      "payload_too_large",
      "unsupported_media_type",
      "rate_limited",
      "internal_error",
      "unavailable",
    ]),
  },
};

/** What operators see and do. */
export const operatorPaths: JsonObject = { "/operator": { get: read, post: act } };
