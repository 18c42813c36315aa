import { answer, type JsonObject, refusals, secured, traceparent } from "../answers.ts";

const readAccount = {
  operationId: "readAccount",
  summary: "The caller's plan, and what is left of it.",
  description:
    "The plan is the one that the user's token names, so a change of it is seen with the user's next " +
    "token. Quotas are of a calendar day in UTC, of the day a request was sent on. What goes on counts " +
    "with what it may cost, what has ended with what it has cost; what ended without costing anything " +
    "does not count. After a change to a smaller plan more may be used than is allowed.",
  tags: ["account"],
  security: secured,
  parameters: [traceparent],
  responses: {
    200: answer("The account.", "Account"),
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

const deleteAccount = {
  operationId: "deleteAccount",
  summary: "Deletes everything of the caller, and the caller's user, for good.",
  description:
    "Tasks in any state, results, inputs, rows, and the user in Auth. What a provider already " +
    "works on is shown no more, and is gone when the provider has ended it. Files are gone within a " +
    "minute or so. To be sent again after any answer but 200: it goes on where it broke off. The " +
    "user's tokens are good for nothing from then on.",
  tags: ["account"],
  security: secured,
  parameters: [traceparent],
  responses: {
    200: answer("It is deleted, now or before.", "AccountDeleted"),
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

/** What a user does with the account. */
export const accountPaths: JsonObject = {
  "/account": { get: readAccount, delete: deleteAccount },
};
