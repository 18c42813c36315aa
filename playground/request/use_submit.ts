import {
  type Accepted,
  CanceledError,
  type Operation,
  RefusedError,
  UnreachableError,
} from "@makeit3d/client";
import { useRef, useState } from "preact/hooks";
import { useBackend } from "../connection/backend_context.ts";
import type { OperationForm } from "../operations/forms.ts";
import { rememberParent } from "../task/lineage.ts";
import { usedSlots } from "./body.ts";
import type { Draft } from "./draft.ts";
import { fieldOf } from "./problems.ts";
import { RefusedFileError } from "./ready_files.ts";
import { refusalWords } from "./refusal_words.ts";
import { placedBody, submitBody } from "./send.ts";
import { useFiles } from "./use_ready_files.ts";

export interface Refusals {
  /** What is wrong with each field. */
  readonly fields: ReadonlyMap<string, string>;
  /** What is wrong with the whole. */
  readonly reason: string | undefined;
}

export const NO_REFUSALS: Refusals = { fields: new Map(), reason: undefined };

/** What came of a submit. */
export type Submitted =
  | { readonly accepted: Accepted<Operation> }
  | { readonly refusals: Refusals };

export interface SendOptions {
  /** Where in the page it belongs. */
  readonly scope: string;
  /** Called before it is sent, with the id that it can be found by if the page ends meanwhile. */
  readonly onSend?: (taskId: string) => void;
  /** Cancels it: what was not accepted yet is not sent any more. */
  readonly signal?: AbortSignal;
}

export interface SubmitControl {
  readonly isBusy: boolean;
  readonly submit: (form: OperationForm, draft: Draft, options: SendOptions) => Promise<Submitted>;
}

/**
 * Submits drafts. What may have been accepted although no answer came is sent again under its own id,
 * as long as nothing in it is changed: it is paid once.
 */
export function useSubmit(): SubmitControl {
  const { client } = useBackend();
  const files = useFiles();
  const [busy, setBusy] = useState(0);
  /** Ids of requests of which nobody knows whether they were accepted, by what they ask for. */
  const open = useRef(new Map<string, string>());

  const submit: SubmitControl["submit"] = async (form, draft, { scope, onSend, signal }) => {
    setBusy((count) => count + 1);
    try {
      const body = await placedBody(form, draft, files);
      const request = JSON.stringify([form.operation, body]);
      const taskId = open.current.get(request) ?? `playground-${crypto.randomUUID()}`;
      onSend?.(taskId);
      const options = { taskId, scope, signal };
      const accepted = await submitBody(client, form, body, options).catch((error) => {
        if (error instanceof CanceledError) open.current.delete(request);
        if (error instanceof UnreachableError) open.current.set(request, taskId);
        throw error;
      });
      open.current.delete(request);
      rememberParents(accepted.id, form, draft);
      return { accepted };
    } catch (error) {
      return { refusals: refusalsOf(form, error) };
    } finally {
      setBusy((count) => count - 1);
    }
  };
  return { isBusy: busy > 0, submit };
}

/** What an error says of each field of a form, and of the whole. */
export function refusalsOf(form: OperationForm, error: unknown): Refusals {
  if (error instanceof RefusedFileError) {
    return { fields: new Map([[error.slot, error.message]]), reason: undefined };
  }
  if (!(error instanceof RefusedError)) {
    return { fields: new Map(), reason: refusalWords(error) };
  }
  const named = error.fields.map(({ field, message }) => [fieldOf(form, field), message] as const);
  const fields = new Map(named.flatMap(([field, message]) => field ? [[field, message]] : []));
  const isTold = error.fields.length > 0 && fields.size === error.fields.length;
  return { fields, reason: isTold ? undefined : refusalWords(error) };
}

/** Which tasks it was made from, for whoever looks at the chain later. */
function rememberParents(id: string, form: OperationForm, draft: Draft): void {
  for (const slot of usedSlots(form, draft)) {
    const file = draft.files[slot];
    if (file?.kind === "stored" && file.taskId) return rememberParent(id, file.taskId);
  }
}
