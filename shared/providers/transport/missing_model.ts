import type { ErrorResponse } from "./api.ts";

const GONE = [
  "does not exist|doesn't exist|not found|not available|do(?:es)? not have access",
  "no longer (?:available|supported|exists)",
  "(?:was|is|has been) (?:retired|deprecated|removed|discontinued|shut ?down|decommissioned|sunset)",
].join("|");

/**
 * How services say that a model is not there any more, never was, or not for us. The sentence is matched
 * from the message's first letter: what follows other words may be a quotation.
 */
const MISSING_MODEL = new RegExp(
  String.raw`^\W*(?:(?:the )?(?:requested |specified |given )?model\b` +
    String.raw`(?:[^.;]|\.(?=\S)){0,120}?\b(?:${GONE})\b` +
    String.raw`|your organi[sz]ation must be verified to use the model\b)`,
  "i",
);

/**
 * Whether a message says that the model of a call is not there. Messages may repeat what a client wrote,
 * who may have written just that: a sentence that is in the client's words says nothing.
 */
export function isAboutMissingModel(
  message: string,
  clientWords: ErrorResponse["clientWords"],
): boolean {
  const sentence = MISSING_MODEL.exec(message)?.[0];
  return sentence !== undefined && !lettersOf(clientWords).includes(lettersOf(sentence));
}

/** A service may change quotes, spaces and case of what it repeats. */
function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}
