import * as z from "zod/mini";
import type { Backend } from "../connection/backend.ts";
import { accessTokenOf } from "../connection/session.ts";
import type { OperationForm } from "./forms.ts";

const availabilitySchema = z.object({
  operations: z.array(z.object({
    operation: z.string(),
    provider: z.string(),
    availability: z.enum(["open", "busy", "closed"]),
    expected_start_seconds: z.optional(z.number()),
  })),
});

/** Whether a provider takes requests for an operation now. */
export type Availability = z.infer<typeof availabilitySchema>["operations"][number];

/** What can be asked for now. Throws where the backend does not say. */
export async function readAvailability(
  { settings, auth }: Pick<Backend, "settings" | "auth">,
): Promise<readonly Availability[]> {
  const response = await fetch(`${settings.url}/functions/v1/generation/availability`, {
    headers: {
      authorization: `Bearer ${await accessTokenOf(auth)}`,
      apikey: settings.publishable_key,
      "x-api-key": settings.api_key,
    },
  });
  if (!response.ok) throw new Error(`Availability: the answer was ${response.status}`);
  return availabilitySchema.parse(await response.json()).operations;
}

/** That of one form; undefined until it is known. */
export function availabilityOf(
  availability: readonly Availability[] | undefined,
  { operation, provider }: OperationForm,
): Availability | undefined {
  return availability?.find((one) => one.operation === operation && one.provider === provider);
}

/** Whether a provider is known to take no new requests for a form's operation. */
export function isClosed(
  availability: readonly Availability[] | undefined,
  form: OperationForm,
): boolean {
  return availabilityOf(availability, form)?.availability === "closed";
}
