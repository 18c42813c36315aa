import { z } from "zod";
import { operationIds } from "../../../shared/contract/operations.ts";
import { providerIds, providersOf } from "../../../shared/providers/catalog.ts";
import { readUsd, readWhole } from "../amounts.ts";
import { readNames, readWords } from "../words.ts";

/** What a plan limits: a column of `private.plans`, and how a person types it. */
interface Limit {
  readonly column: string;
  read(option: string, text: string): number | readonly string[];
}

const whole = (least: 0 | 1): Limit["read"] => (option, text) => readWhole(option, text, least);
const names = (known: () => readonly string[]): Limit["read"] => (option, text) =>
  readNames(option, text, known());

/** By option, in the order in which a list shows them. */
export const planLimits = {
  "images-per-day": { column: "images_per_day", read: whole(0) },
  "models-per-day": { column: "models_per_day", read: whole(0) },
  "usd-per-day": { column: "usd_per_day", read: readUsd },
  "submits-per-minute": { column: "submits_per_minute", read: whole(1) },
  "active-tasks": { column: "active_tasks", read: whole(1) },
  operations: { column: "operations", read: names(() => operationIds) },
  providers: { column: "providers", read: names(() => providerIds) },
  // Those of tomorrow are not known today.
  models: { column: "models", read: readWords },
  qualities: { column: "qualities", read: names(knownQualities) },
  "most-results": { column: "most_results", read: whole(1) },
  "most-safety-tolerance": { column: "most_safety_tolerance", read: whole(0) },
} as const satisfies Record<string, Limit>;

type LimitOption = keyof typeof planLimits;

const limitOptions = Object.keys(planLimits).filter(isLimitOption);

function isLimitOption(option: string): option is LimitOption {
  return Object.hasOwn(planLimits, option);
}

/** The options of `set`, as they were typed. */
export type PlanOptions = Readonly<Partial<Record<LimitOption | "no-limit", string | undefined>>>;

/** New values by column; null means no limit. */
export type PlanChanges = Readonly<Record<string, number | readonly string[] | null>>;

/** Reads what a person typed. Throws an error that names the option and says what is possible. */
export function readPlanChanges(options: PlanOptions): PlanChanges {
  const changes: Record<string, number | readonly string[] | null> = {};
  const lifted = options["no-limit"] === undefined
    ? []
    : readNames("--no-limit", options["no-limit"], limitOptions);
  for (const option of limitOptions) {
    const [limit, text] = [planLimits[option], options[option]];
    if (lifted.includes(option)) {
      if (text !== undefined) throw new Error(`--${option} is set and lifted: do one of them`);
      changes[limit.column] = null;
    } else if (text !== undefined) {
      changes[limit.column] = limit.read(`--${option}`, text);
    }
  }
  return changes;
}

/** Reads the name of a plan, as it is to stand in `app_metadata.plan`. Throws an error that says how. */
export function readPlanName(text: string): string {
  if (/^[a-z][a-z0-9_-]{0,62}$/.test(text)) return text;
  throw new Error(`A plan's name has small letters, digits, _ and -, a letter first: ${text}`);
}

const qualityField = z.looseObject({
  properties: z.looseObject({ quality: z.looseObject({ enum: z.array(z.string()) }) }),
});

/** What any provider's operation takes as `quality`. */
function knownQualities(): readonly string[] {
  const found = operationIds.flatMap(providersOf).flatMap(([, { schema }]) => {
    const described = qualityField.safeParse(
      z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }),
    );
    return described.success ? described.data.properties.quality.enum : [];
  });
  return [...new Set(found)];
}
