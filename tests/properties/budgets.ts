import fc from "fast-check";
import assert from "node:assert/strict";
import { inMicros } from "./books.ts";
import { type ModelCommand, modelCommand } from "./model_command.ts";
import type { Request, Submission } from "./operations.ts";
import type { Snapshot } from "./snapshot.ts";
import { KEYS } from "./vocabulary.ts";

/** What may be spent; what is left out or null is no cap. */
export interface Caps {
  readonly userUsd?: number | null;
  readonly userImages?: number | null;
  readonly userModels?: number | null;
  readonly keyUsd?: number | null;
  readonly providerUsd?: number | null;
  readonly projectUsd?: number | null;
  readonly monthUsd?: number | null;
}

const usd = fc.constantFrom(null, null, null, 0, 0.3, 1.25, 3);
const results = fc.constantFrom(null, null, 2, 5);

/** An operator sets what may be spent. */
export const budgets: fc.Arbitrary<ModelCommand> = fc.record({
  ...{ userUsd: usd, userImages: results, userModels: results },
  ...{ keyUsd: usd, providerUsd: usd, projectUsd: usd, monthUsd: usd },
}).map((caps) => {
  const set = Object.entries(caps).filter(([, cap]) => cap !== null).flat();
  const text = `caps(${set.join(" ")})`;
  return modelCommand(text, (world) => ({
    text,
    run: async () => {
      const { sql } = world;
      await sql`
        update private.plans
        set usd_per_day = ${caps.userUsd}, images_per_day = ${caps.userImages},
          models_per_day = ${caps.userModels}
      `;
      await sql`
        update private.limits
        set project_usd_per_day = ${caps.projectUsd}, project_usd_per_month = ${caps.monthUsd},
          provider_usd_per_day = ${caps.providerUsd}
      `;
      await sql`update private.api_keys set usd_per_day = ${caps.keyUsd} where id = ${
        KEYS[0] ?? ""
      }`;
      world.caps = caps;
      return () => {};
    },
  }));
});

interface Cap {
  readonly name: string;
  readonly used: number;
  readonly more: number;
  readonly cap: number;
}

function capsOfUser(
  { userId, output = "image", results, estimateUsd = 0 }: Request,
  { rows, today }: Snapshot,
  caps: Caps,
): Cap[] {
  const row = rows.userSpending.find((one) => one.user_id === userId && one.day === today);
  const [count, cap] = output === "image"
    ? [row?.images, caps.userImages]
    : [row?.models, caps.userModels];
  return [
    { name: `${output}s_per_day`, used: count ?? 0, more: results, cap: cap ?? Infinity },
    {
      ...{ name: "usd_per_day", used: inMicros(row?.used_usd ?? 0), more: inMicros(estimateUsd) },
      cap: inMicros(caps.userUsd ?? Infinity),
    },
  ];
}

function capsOfAll(
  { provider, apiKeyId, estimateUsd = 0 }: Request,
  { rows, today }: Snapshot,
  caps: Caps,
): Cap[] {
  const more = inMicros(estimateUsd);
  const cap = (name: string, scope: string, id: string, cap?: number | null): Cap => {
    const from = name.endsWith("month") ? `${today.slice(0, 8)}01` : today;
    const own = rows.budgets.filter((one) =>
      one.scope === scope && one.scope_id === id && one.day >= from && one.day <= today
    );
    const used = own.reduce((sum, one) => sum + inMicros(one.usd), 0);
    return { name, used, more, cap: inMicros(cap ?? Infinity) };
  };
  return [
    cap("project_usd_per_day", "project", "", caps.projectUsd),
    cap("provider_usd_per_day", "provider", provider, caps.providerUsd),
    ...(apiKeyId && apiKeyId === KEYS[0]
      ? [cap("key_usd_per_day", "key", apiKeyId, caps.keyUsd)]
      : []),
    cap("project_usd_per_month", "project", "", caps.monthUsd),
  ];
}

function isOver({ used, more, cap }: Cap): boolean {
  return used + more > cap;
}

/** A user's cap that a request does not fit into, if there is one. */
export function exceededOfUser(request: Request, before: Snapshot, caps: Caps): string | undefined {
  return capsOfUser(request, before, caps).find(isOver)?.name;
}

/** Whether the answer says that a cap of all is exceeded; and then one is, or else none. */
export function checkBudgets(
  { exceeded }: Submission,
  request: Request,
  before: Snapshot,
  caps: Caps,
): boolean {
  const over = capsOfAll(request, before, caps).filter(isOver);
  const isOfAll = exceeded !== null && /^(project|provider|key)_usd/.test(exceeded);
  if (isOfAll) assert.equal(exceeded, over[0]?.name, "a cap that it fits into");
  // What costs nothing may pass where more was spent than allowed.
  else if (exceeded === null && request.estimateUsd) assert.deepEqual(over, [], "beyond a cap");
  return isOfAll;
}
