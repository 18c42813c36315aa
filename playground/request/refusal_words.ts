import { CanceledError, MakeIt3DError, RefusedError } from "@makeit3d/client";
import { roughDuration } from "../shell/amounts.ts";
import { RefusedFileError } from "./ready_files.ts";

/** What has become of a request that was canceled before its answer came. */
const CANCELED: Readonly<Record<CanceledError["billed"], string>> = {
  no: "Canceled. Nothing was billed.",
  maybe: "Canceled. If it was accepted all the same, it is canceled as soon as that is known.",
  yes: "Canceled. It was billed.",
};

/** Why something was refused, for the user; with the id that the operator finds it by. */
export function refusalWords(error: unknown): string {
  if (error instanceof CanceledError) return CANCELED[error.billed];
  if (!(error instanceof RefusedError)) {
    return error instanceof Error ? error.message : String(error);
  }
  const { code, message, retryAfterSeconds, requestId } = error;
  const retry = retryAfterSeconds === undefined
    ? ""
    : `; again in ${roughDuration(retryAfterSeconds)}`;
  if (code === "quota_exceeded") return `The plan's quota of the day is used up${retry}`;
  const id = requestId === undefined ? "" : ` (${requestId})`;
  return `${message}${retry}${id}`;
}

/** Whether the form says beside its fields what is wrong. */
export function isOfFields(error: unknown): boolean {
  return error instanceof RefusedFileError ||
    (error instanceof RefusedError && error.fields.length > 0);
}

/** Whether nobody has answered, which says nothing of the request. */
export function isUnanswered(error: unknown): boolean {
  return !(error instanceof MakeIt3DError) || error.code === "network";
}
