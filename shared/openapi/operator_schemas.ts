import { operatorRequest } from "../contract/operator/requests.ts";
import type { JsonObject } from "./answers.ts";
import { toJsonSchema } from "./request_schemas.ts";

/** What an operator may send, by the name of the action: `pause_lane` is `OperatorPauseLane`. */
const requests = operatorRequest.options.map((schema) => {
  const action = schema.shape.action.value;
  const words = action.split("_").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return { action, name: ["Operator", ...words].join(""), schema };
});

export const operatorSchemaNames: readonly string[] = requests.map(({ name }) => name);

/** The schema of each action. */
export const operatorSchemas: JsonObject = Object.fromEntries(
  requests.map(({ name, schema }) => [name, toJsonSchema(schema, "input")]),
);

/** The body: the action decides which it is. */
export const operatorRequestBody: JsonObject = {
  required: true,
  content: {
    "application/json": {
      schema: {
        oneOf: requests.map(({ name }) => ({ $ref: `#/components/schemas/${name}` })),
        discriminator: {
          propertyName: "action",
          mapping: Object.fromEntries(
            requests.map(({ action, name }) => [action, `#/components/schemas/${name}`]),
          ),
        },
      },
    },
  },
};
