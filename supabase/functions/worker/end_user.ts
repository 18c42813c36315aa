import { createHmac } from "node:crypto";

/**
 * A pseudonym for a user, the same at every call: providers want to tell users apart to stop abuse,
 * and have no business knowing who they are. 64 characters, the limit of OpenAI's safety_identifier
 * (https://developers.openai.com/api/docs/guides/safety-best-practices).
 */
export function endUserPseudonym(userId: string, salt: string): string {
  return createHmac("sha256", salt).update(userId).digest("hex");
}
