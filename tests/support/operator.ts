import assert from "node:assert/strict";
import {
  type OperatorActionBody,
  operatorActionBody,
  type OperatorBody,
  operatorBody,
} from "../../shared/contract/operator/answers.ts";
import type { OperatorRequest } from "../../shared/contract/operator/requests.ts";
import { headersOf } from "./client.ts";
import { type NewUser, newUser } from "./new_user.ts";
import { stack, withDatabase } from "./stack.ts";

const METADATA = { role: "operator" };

/** A user whom an operator of the project has made one, with the next token. */
export async function newOperator(): Promise<NewUser> {
  const user = await newUser({ app_metadata: METADATA });
  await withDatabase((sql) =>
    sql`update auth.users set raw_app_meta_data = ${sql.json(METADATA)} where id = ${user.id}`
  );
  return user;
}

/** Sends whatever it is to the operators' route. */
export async function askOperator(
  headers: Record<string, string>,
  body?: unknown,
): Promise<Response> {
  return await fetch(`${stack.functionsUrl}/operator`, {
    method: body === undefined ? "GET" : "POST",
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** What an operator is shown. */
export async function readOperator({ token }: NewUser): Promise<OperatorBody> {
  const response = await askOperator(headersOf(token));
  assert.equal(response.status, 200, await response.clone().text());
  return operatorBody.strict().parse(await response.json());
}

/** Does what must be possible. */
export async function operateAs(
  { token }: NewUser,
  request: OperatorRequest,
): Promise<OperatorActionBody> {
  const response = await askOperator(headersOf(token), request);
  assert.equal(response.status, 200, await response.clone().text());
  return operatorActionBody.strict().parse(await response.json());
}
