import { createHash } from "node:crypto";

/**
 * A pseudonym for a user, the same at every call of a project: providers want to tell users apart to
 * stop abuse, and have no business knowing who they are. A user's id is random, so its hash cannot be
 * guessed back. 64 characters, the limit of OpenAI's safety_identifier
 * (https://developers.openai.com/api/docs/guides/safety-best-practices).
 */
export function endUserPseudonym(userId: string, projectUrl: string): string {
  return createHash("sha256").update(`${projectUrl}\n${userId}`).digest("hex");
}
