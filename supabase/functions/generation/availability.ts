import type { Authenticator } from "../../../shared/auth/authenticate.ts";
import { type OperationId, operationIds } from "../../../shared/contract/operations.ts";
import type { AvailabilityBody, AvailabilityEntry } from "../../../shared/contract/responses.ts";
import type { Database } from "../../../shared/database.ts";
import type { ModelOf } from "../../../shared/generation/command.ts";
import type { App } from "../../../shared/http/app_environment.ts";
import { refuseOtherMethods } from "../../../shared/http/create_app.ts";
import { fitsIsolate } from "../../../shared/isolate.ts";
import { type ProviderId, providersOf } from "../../../shared/providers/catalog.ts";
import { remember } from "../../../shared/remembered.ts";

/** Apps ask for it as often as they show a screen: an isolate asks the database at most this often. */
const CACHE_MILLISECONDS = 5_000;

/** What can be asked for now. */
export interface Availability {
  /** Of each operation of each provider, for an app with this key. */
  read(apiKeyId: string): Promise<readonly AvailabilityEntry[]>;
}

export interface AvailabilityOptions {
  readonly modelOf: ModelOf;
  /** Whether the provider has a key here. */
  isAvailable(provider: ProviderId): boolean;
  /** Life of an isolate: what takes longer cannot be done here. */
  readonly isolateSeconds: number;
  /** In milliseconds. */
  readonly now?: () => number;
}

interface Offer {
  readonly operation: OperationId;
  readonly provider: ProviderId;
  /** Whether this service has it at all. */
  readonly isThere: boolean;
  readonly pool: string;
  readonly leastRunSeconds: number;
  readonly estimateUsd: number;
}

interface AvailabilityRow {
  readonly availability: AvailabilityEntry["availability"];
  readonly startSeconds: number | null;
}

export function createAvailability(
  sql: Database,
  { now = Date.now, ...options }: AvailabilityOptions,
): Availability {
  let offers: readonly Offer[] | undefined;
  return {
    read: remember(async (apiKeyId: string) => {
      offers ??= listOffers(options);
      const rows = await readRows(sql, apiKeyId, offers);
      return offers.map((offer, place) => entryOf(offer, rows[place]));
    }, { milliseconds: CACHE_MILLISECONDS, now }),
  };
}

export interface AvailabilityDependencies {
  readonly authenticator: Authenticator;
  readonly availability: Availability;
}

/** `GET /generation/availability`: what an app can offer its user now. */
export function addAvailability(
  app: App,
  { authenticator, availability }: AvailabilityDependencies,
): void {
  app.get("/generation/availability", async (c) => {
    const { apiKey } = await authenticator.authenticate(c.req.raw.headers);
    const entries = await availability.read(apiKey.id);
    const { allowedOperations } = apiKey;
    const body: AvailabilityBody = {
      operations: entries.filter(({ operation }) =>
        allowedOperations === null || allowedOperations.includes(operation)
      ),
    };
    return c.json(body);
  });
  refuseOtherMethods(app, "/generation/availability", "GET");
}

/** Every operation of every provider, each as its example asks for it. */
function listOffers(
  { modelOf, isAvailable, isolateSeconds }: Omit<AvailabilityOptions, "now">,
): Offer[] {
  return operationIds.flatMap((operation) =>
    providersOf(operation).map(([provider, declared]): Offer => {
      const { maxCallSeconds, leastRunSeconds, example } = declared;
      const { pool, estimateUsd } = declared.describe(example, modelOf(provider));
      const isThere = isAvailable(provider) && fitsIsolate(maxCallSeconds, isolateSeconds);
      return { operation, provider, isThere, pool, leastRunSeconds, estimateUsd };
    })
  );
}

async function readRows(
  sql: Database,
  apiKeyId: string,
  offers: readonly Offer[],
): Promise<AvailabilityRow[]> {
  return await sql<AvailabilityRow[]>`
    select availability, start_seconds as "startSeconds"
    from private.availability(
      ${apiKeyId}::uuid,
      ${offers.map(({ provider }) => provider)}::text[],
      ${offers.map(({ pool }) => pool)}::text[],
      ${offers.map(({ leastRunSeconds }) => leastRunSeconds)}::integer[],
      ${offers.map(({ estimateUsd }) => estimateUsd)}::numeric[]
    )
  `;
}

function entryOf(
  { operation, provider, isThere }: Offer,
  row: AvailabilityRow | undefined,
): AvailabilityEntry {
  if (!isThere || !row) return { operation, provider, availability: "closed" };
  const { availability, startSeconds } = row;
  return {
    operation,
    provider,
    availability,
    ...(startSeconds !== null && { expected_start_seconds: startSeconds }),
  };
}
