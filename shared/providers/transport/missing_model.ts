import type { ErrorResponse } from "./api.ts";

/**
 * How services say that a model is not there any more, or never was. The whole sentence is matched, from
 * the message's first letter: what stands in front of a quotation is not about our model.
 */
const MISSING_MODEL =
  /^\W*(?:the )?(?:requested |specified |given )?model\b(?:[^.;]|\.(?=\S)){0,120}?\b(?:does not exist|doesn't exist|do(?:es)? not have access|not found|not available|no longer (?:available|supported|exists)|(?:was|is|has been) (?:retired|deprecated|removed|discontinued|shut ?down|decommissioned|sunset))\b/i;

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
