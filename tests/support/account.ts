import { type AccountBody, accountBody } from "../../shared/contract/responses.ts";
import { headersOf } from "./client.ts";
import type { NewUser } from "./new_user.ts";
import { stack } from "./stack.ts";

/** What a user is told of plan and quotas. */
export async function readAccount({ token }: Pick<NewUser, "token">): Promise<AccountBody> {
  const response = await fetch(`${stack.functionsUrl}/account`, { headers: headersOf(token) });
  if (response.status !== 200) throw new Error(`No account: ${await response.text()}`);
  return accountBody.strict().parse(await response.json());
}
