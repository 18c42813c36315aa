import assert from "node:assert/strict";
import { type BudgetOptions, readBudgetChanges } from "./budget_changes.ts";

Deno.test("every budget is understood", () => {
  const { limits, providers, keys } = readBudgetChanges({
    "project-per-day": "40",
    "project-per-month": "none",
    "provider-per-day": "25.50",
    "key-per-day": "0",
    provider: ["openai=20", "flux=default"],
    key: ["m3d_live_abcdefg=5"],
  });
  assert.deepEqual(limits, {
    project_usd_per_day: 40,
    project_usd_per_month: null,
    provider_usd_per_day: 25.5,
    key_usd_per_day: 0,
  });
  assert.deepEqual(Object.fromEntries(providers), { openai: 20, flux: null });
  assert.deepEqual(Object.fromEntries(keys), { m3d_live_abcdefg: 5 });
});

Deno.test("what is mistyped is named with what is possible", async (t) => {
  const cases: readonly (readonly [BudgetOptions, RegExp])[] = [
    [{}, /^Nothing is to be changed: name a budget, such as --project-per-day 40$/],
    [
      { "project-per-day": "-40" },
      /^--project-per-day must be an amount in USD, such as 40 or 2\.50, or the word none: -40$/,
    ],
    [{ "project-per-month": "much" }, /^--project-per-month must be an amount in USD/],
    [{ "project-per-day": "default" }, /^--project-per-day .* or the word none: default$/],
    [{ "key-per-day": "" }, /^--key-per-day must be an amount/],
    [{ provider: ["openai"] }, /^--provider must be as in --provider openai=20: openai$/],
    [{ provider: ["=20"] }, /^--provider must be as in/],
    [{ provider: ["midjourney=20"] }, /^--provider: unknown "midjourney"; known: openai, /],
    [
      { provider: ["openai=none"] },
      /^--provider openai must be an amount .* or the word default: none$/,
    ],
    [{ provider: ["openai=1", "openai=2"] }, /^--provider names openai twice$/],
    [{ key: ["m3d_live_abcdefg"] }, /^--key must be as in --key PREFIX=20: m3d_live_abcdefg$/],
    [{ key: ["m3d_live_abcdefg=x"] }, /^--key m3d_live_abcdefg must be an amount/],
  ];
  for (const [options, message] of cases) {
    await t.step(JSON.stringify(options), () => {
      assert.throws(() => readBudgetChanges(options), { message });
    });
  }
});
