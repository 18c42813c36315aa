import assert from "node:assert/strict";
import { planLimits, type PlanOptions, readPlanChanges, readPlanName } from "./plan_changes.ts";

Deno.test("every option is understood, and what is not named stays", () => {
  assert.deepEqual(readPlanChanges({}), {});
  assert.deepEqual(
    readPlanChanges({
      "images-per-day": "50",
      "models-per-day": "0",
      "usd-per-day": "2.50",
      "submits-per-minute": "10",
      "active-tasks": "3",
      operations: "text-to-image, refine-model",
      providers: "openai",
      models: "gpt-image-2, any-other",
      qualities: "standard",
      "most-results": "4",
      "most-safety-tolerance": "0",
    }),
    {
      images_per_day: 50,
      models_per_day: 0,
      usd_per_day: 2.5,
      submits_per_minute: 10,
      active_tasks: 3,
      operations: ["text-to-image", "refine-model"],
      providers: ["openai"],
      models: ["gpt-image-2", "any-other"],
      qualities: ["standard"],
      most_results: 4,
      most_safety_tolerance: 0,
    },
  );
});

Deno.test("every limit can be lifted", () => {
  const all = Object.keys(planLimits).join(",");
  const columns = Object.values(planLimits).map(({ column }) => [column, null]);
  assert.deepEqual(readPlanChanges({ "no-limit": all }), Object.fromEntries(columns));
});

Deno.test("what is mistyped is named with what is possible", async (t) => {
  const cases: readonly (readonly [PlanOptions, RegExp])[] = [
    [{ "images-per-day": "-1" }, /^--images-per-day must be a whole number from 0 on: -1$/],
    [{ "images-per-day": "1.5" }, /^--images-per-day must be/],
    [{ "models-per-day": "many" }, /^--models-per-day must be a whole number from 0 on: many$/],
    [{ "models-per-day": "" }, /^--models-per-day must be/],
    [{ "active-tasks": "0" }, /^--active-tasks must be a whole number from 1 on: 0$/],
    [{ "usd-per-day": "-2" }, /^--usd-per-day must be an amount in USD, such as 40 or 2\.50: -2$/],
    [{ "usd-per-day": "2.505" }, /^--usd-per-day/],
    [{ "usd-per-day": "$2" }, /^--usd-per-day/],
    [{ "usd-per-day": "1e3" }, /^--usd-per-day/],
    [{ "usd-per-day": "99999999999" }, /^--usd-per-day/],
    [{ operations: "text-to-video" }, /^--operations: unknown "text-to-video"; known: image-to-/],
    [{ providers: "openai,,flux" }, /^--providers must be names with commas between/],
    [{ providers: "midjourney" }, /^--providers: unknown "midjourney"; known: openai, stab/],
    [{ models: " " }, /^--models must be names with commas between: " "$/],
    [{ qualities: "ultra" }, /^--qualities: unknown "ultra"; known: .*standard/],
    [{ "no-limit": "usd_per_day" }, /^--no-limit: unknown "usd_per_day"; known: images-per-day, /],
    [
      { "no-limit": "usd-per-day", "usd-per-day": "3" },
      /^--usd-per-day is set and lifted: do one of them$/,
    ],
  ];
  for (const [options, message] of cases) {
    await t.step(JSON.stringify(options), () => {
      assert.throws(() => readPlanChanges(options), { message });
    });
  }
});

Deno.test("a plan's name is a word that a token can have", () => {
  for (const name of ["free", "pro-2027", "team_a"]) assert.equal(readPlanName(name), name);
  for (const name of ["", "Pro", "2027", "a plan", "x".repeat(64)]) {
    assert.throws(() => readPlanName(name), /^Error: A plan's name has small letters/);
  }
});
