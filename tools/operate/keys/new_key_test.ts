import assert from "node:assert/strict";
import { type NewKey, type NewKeyOptions, readNewKey } from "./new_key.ts";

const NOW = new Date("2026-11-24T12:00:00Z");

function read(options: NewKeyOptions): NewKey {
  return readNewKey({ client: "Mobile app", ...options }, NOW);
}

Deno.test("a key for everything, for ever and for the usual needs a name only", () => {
  assert.deepEqual(read({ client: " Mobile app " }), {
    client: "Mobile app",
    environment: undefined,
    operations: null,
    expiresAt: null,
    submitsPerMinute: null,
    usdPerDay: null,
    seesCosts: false,
  });
});

Deno.test("every option is understood", () => {
  const options = {
    environment: "test",
    operations: "text-to-image, refine-model",
    expires: "2027-01-01",
    "per-minute": "600",
    "usd-per-day": "10.50",
    "sees-costs": true,
  };
  assert.deepEqual(read(options), {
    client: "Mobile app",
    environment: "test",
    operations: ["text-to-image", "refine-model"],
    expiresAt: new Date("2027-01-01T00:00:00Z"),
    submitsPerMinute: 600,
    usdPerDay: 10.5,
    seesCosts: true,
  });
  const { expiresAt } = read({ expires: "2026-11-24T13:30:00+01:00" });
  assert.deepEqual(expiresAt, new Date("2026-11-24T12:30:00Z"));
});

Deno.test("what is mistyped is named with what is possible", async (t) => {
  const cases: readonly (readonly [NewKeyOptions, RegExp])[] = [
    [{ client: undefined }, /^--client is missing/],
    [{ client: "  " }, /^--client is missing/],
    [{ environment: "prod" }, /^--environment must be one of live, test, dev: prod$/],
    [{ operations: "text-to-video" }, /unknown "text-to-video"; known: .*text-to-image/],
    [{ operations: "text-to-image,,refine-model" }, /^--operations: unknown "";/],
    [{ operations: "" }, /^--operations: unknown "";/],
    [{ expires: "2026-11-24" }, /^--expires must be in the future: 2026-11-24$/],
    [{ expires: "tomorrow" }, /^--expires must be a date such as 2027-01-01: tomorrow$/],
    [{ expires: "2027-02-30" }, /^--expires must be a date/],
    [{ expires: "2027-13-01" }, /^--expires must be a date/],
    [{ expires: "1/2/2027" }, /^--expires must be a date/],
    [{ "per-minute": "0" }, /^--per-minute must be a whole number from 1 on: 0$/],
    [{ "per-minute": "many" }, /^--per-minute/],
    [{ "per-minute": "1.5" }, /^--per-minute/],
    [{ "usd-per-day": "-1" }, /^--usd-per-day must be an amount in USD, such as 40 or 2\.50: -1$/],
    [{ "usd-per-day": "all" }, /^--usd-per-day/],
  ];
  for (const [options, message] of cases) {
    await t.step(JSON.stringify(options), () => assert.throws(() => read(options), { message }));
  }
});
