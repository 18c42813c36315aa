import * as z from "zod/mini";
import type { Backend } from "../connection/backend.ts";
import { type Availability, isClosed, readAvailability } from "../operations/availability.ts";
import type { OperationForm } from "../operations/forms.ts";

const refusalSchema = z.object({ message: z.string() });

/** What the backend says of itself to a request that has no answer yet. */
export interface BackendState {
  /** Why it takes no new requests, in the operator's words; undefined: it takes them. */
  readonly pause: string | undefined;
  readonly availability: readonly Availability[];
}

/** Asks the backend's health, and who is open. Throws where it does not answer. */
export async function readBackendState(backend: Backend): Promise<BackendState> {
  const health = await fetch(`${backend.settings.url}/functions/v1/generation/health`);
  if (health.ok) return { pause: undefined, availability: await readAvailability(backend) };
  const { data } = refusalSchema.safeParse(await health.json());
  return { pause: data?.message ?? `The answer was ${health.status}`, availability: [] };
}

/** Why a request of a form waits, for whoever has sent it. */
export function waitingWords(form: OperationForm, { pause, availability }: BackendState): string {
  if (pause !== undefined) {
    return `New requests are paused (“${pause}”); it goes on as soon as they are accepted.`;
  }
  if (isClosed(availability, form)) {
    return `${form.providerName} takes no new requests for now; it goes on as soon as it does.`;
  }
  return "It takes longer than usual; it is tried until there is an answer.";
}
