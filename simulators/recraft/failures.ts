/**
 * Refusals of content and failures of the service itself, as opposed to mistakes in the request.
 *
 * Source: https://www.recraft.ai/docs/api-reference
 *
 * @module
 */
import { answerError, RecraftError } from "./errors.ts";

/** 401, and no JSON. */
export function answerUnauthorized(): Response {
  return answerText(401, "request unauthorized");
}

/** 404, and no JSON. */
export function answerNotFound(): Response {
  return answerText(404, "404 page not found");
}

/** 429, which does not say when to come back. */
export function answerRateLimited(): Response {
  return new RecraftError("rate_limit_exceeded", "Too many requests").toResponse();
}

/** 500 in the usual form. */
export function answerServerError(): Response {
  return new RecraftError("internal_error", "Internal server error").toResponse();
}

/** Prompt or picture was refused; which status and code that has is not known. */
export function answerModerated(): Response {
  return answerError(400, "prompt_rejected", "The prompt was rejected by moderation");
}

/** There are not enough units; which status that has is not known. */
export function answerNoUnits(status: 400 | 402 | 403): Response {
  return answerError(
    status,
    "not_enough_units",
    "Not enough API units: please top up your balance",
  );
}

/** 400 that repeats what was asked for. */
export function answerRepeated(prompt: string): Response {
  return answerError(400, "invalid_parameter", `prompt: ${prompt} is not possible`);
}

/** A style that is another account's, or nobody's; which status and code that has is not known. */
export function answerStyle(status: 403 | 404): Response {
  const code = status === 403 ? "style_forbidden" : "style_not_found";
  return answerError(status, code, "The style cannot be used");
}

/** 400 in a form that an old page shows. */
export function answerNestedError(): Response {
  const error = { code: "invalid_parameter", message: "prompt: cannot be processed" };
  return Response.json({ error }, { status: 400 });
}

/** A failure in plain text. */
export function answerText(status: number, text: string): Response {
  return new Response(`${text}\n`, { status, headers: { "content-type": "text/plain" } });
}
