import type {
  Accepted,
  Estimate,
  MakeIt3D,
  Operation,
  ProviderOf,
  RequestOf,
  SubmitOptions,
} from "@makeit3d/client";
import type { FileSlotName } from "../operations/controls.ts";
import type { OperationForm } from "../operations/forms.ts";
import { type Body, bodyOf, usedSlots } from "./body.ts";
import type { Draft } from "./draft.ts";
import type { ReadyFiles } from "./ready_files.ts";

/** What a draft asks of a provider, its files uploaded. */
export async function placedBody(
  form: OperationForm,
  draft: Draft,
  files: ReadyFiles,
): Promise<Body> {
  const addresses = new Map<FileSlotName, string>();
  await Promise.all(
    usedSlots(form, draft).map(async (slot) => {
      const file = draft.files[slot];
      if (file) addresses.set(slot, await files.address(file, form, slot));
    }),
  );
  return bodyOf(form, draft, (slot) => addresses.get(slot) ?? "");
}

/** What a request would cost, or why it would be refused. */
export function estimateBody(
  client: MakeIt3D,
  form: OperationForm,
  body: Body,
  signal?: AbortSignal,
): Promise<Estimate> {
  return client.estimate(...typed(form, body), { signal });
}

export function submitBody(
  client: MakeIt3D,
  form: OperationForm,
  body: Body,
  options: SubmitOptions,
): Promise<Accepted<Operation>> {
  return client.submit(...typed(form, body), options);
}

/**
 * An operation and its request in the client's types. These are of the client's own version of the
 * API; the form and its body are of the document of the backend that is asked, which checks them.
 */
function typed(
  { operation }: OperationForm,
  body: Body,
): [operation: Operation, request: RequestOf<Operation, ProviderOf<Operation>>] {
  return [operation as Operation, body as RequestOf<Operation, ProviderOf<Operation>>];
}
