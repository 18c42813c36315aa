import { z } from "zod";
import { validate } from "../validate.ts";
import { type OperatorRequest, operatorRequest, operatorRequests } from "./requests.ts";

const actions = z.looseObject({ action: z.enum(operatorRequest.options.map(nameOf)) });

function nameOf({ shape }: (typeof operatorRequest.options)[number]): OperatorRequest["action"] {
  return shape.action.value;
}

/**
 * Checks what an operator sent. Throws an `invalid_request` that names each field, and for one that the
 * action does not know those that it knows.
 */
export function readOperatorRequest(value: unknown): OperatorRequest {
  const { action } = validate(actions, value);
  return operatorRequest.parse(validate(operatorRequests[action], value));
}
