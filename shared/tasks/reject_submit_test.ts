import assert from "node:assert/strict";
import { API_ERROR_STATUS, type ApiError } from "../contract/errors.ts";
import { rejectSubmit, type SubmitRefusal } from "./reject_submit.ts";

const resetsAt = new Date("2026-11-29T00:00:00Z");
const AT = "at 2026-11-29T00:00:00.000Z";
const times = { resetsAt, retryAfterSeconds: 5_000 };
const command = { provider: "openai", resultCount: 4, estimateUsd: 0.1 + 0.2 } as const;

interface Case {
  readonly name: string;
  readonly refusal: SubmitRefusal;
  readonly status: number;
  readonly message: string;
  readonly rest?: Pick<ApiError, "quota"> | Pick<ApiError, "details">;
}

const quota = (
  exceededLimit: "images_per_day" | "models_per_day" | "usd_per_day",
  used: number,
  allowed: number,
): SubmitRefusal => ({ exceededLimit, used, allowed, ...times });

const plan = (field: string, allowed: readonly string[] | number): SubmitRefusal => ({
  exceededLimit: "plan",
  planViolation: { field, plan: "free", allowed },
});

const CASES: readonly Case[] = [
  {
    name: "too many images for what is left of the day",
    refusal: quota("images_per_day", 8, 10),
    status: 429,
    message: "Limit of 10 images a day of the user's plan reached: 8 used, and this request asks " +
      `for 4; ask for fewer, or try again ${AT}`,
    rest: { quota: { limit: "images_per_day", used: 8, allowed: 10, resetsAt } },
  },
  {
    name: "no image left",
    refusal: quota("images_per_day", 10, 10),
    status: 429,
    message:
      "Limit of 10 images a day of the user's plan reached: 10 used, and this request asks " +
      `for 4; try again ${AT}`,
  },
  {
    name: "more images than a day has",
    refusal: quota("images_per_day", 0, 3),
    status: 429,
    message: "Limit of 3 images a day of the user's plan reached: 0 used, and this request asks " +
      "for 4; ask for fewer",
  },
  {
    name: "a plan without models",
    refusal: quota("models_per_day", 0, 0),
    status: 429,
    message: "Limit of 0 models a day of the user's plan reached: 0 used, and this request asks " +
      "for 4; change the plan",
  },
  {
    name: "too dear for what is left of the day",
    refusal: quota("usd_per_day", 4.9, 5),
    status: 429,
    message: "Limit of $5 a day of the user's plan reached: $4.9 used, and this request asks for " +
      `$0.3; ask for something cheaper, or try again ${AT}`,
    rest: { quota: { limit: "usd_per_day", used: 4.9, allowed: 5, resetsAt } },
  },
  {
    name: "an app at its cap",
    refusal: { exceededLimit: "key_usd_per_day", ...times },
    status: 503,
    message: `This app (its API key) has spent what it may spend in a day; try again ${AT}`,
  },
  {
    name: "a provider at its cap",
    refusal: { exceededLimit: "provider_usd_per_day", ...times },
    status: 503,
    message: "What may be spent with openai in a day is spent; choose another provider, or try " +
      `again ${AT}`,
  },
  {
    name: "the project at its cap of a day",
    refusal: { exceededLimit: "project_usd_per_day", ...times },
    status: 503,
    message: `What this service may spend in a day is spent; try again ${AT}`,
  },
  {
    name: "the project at its cap of a month",
    refusal: { exceededLimit: "project_usd_per_month", ...times },
    status: 503,
    message: `What this service may spend in a month is spent; try again ${AT}`,
  },
  {
    name: "submits are paused",
    refusal: {
      exceededLimit: "submits_paused",
      pauseMessage: "Maintenance until noon",
      retryAfterSeconds: 5_000,
    },
    status: 503,
    message: "Maintenance until noon",
  },
  {
    name: "a quality that the plan has not",
    refusal: plan("quality", ["low", "medium"]),
    status: 400,
    message: "quality: The plan free allows only low, medium; ask for that, or change the plan",
    rest: {
      details: [{ field: "quality", message: "The plan free allows only low, medium" }],
    },
  },
  {
    name: "more results than the plan has",
    refusal: plan("n", 1),
    status: 400,
    message: "n: The plan free allows at most 1; ask for that, or change the plan",
  },
  {
    name: "a plan without operations",
    refusal: plan("operation", []),
    status: 400,
    message: "operation: The plan free allows none; change the plan",
  },
  {
    name: "a limit of a minute",
    refusal: { exceededLimit: "submits_per_minute", allowed: 30, retryAfterSeconds: 5_000 },
    status: 429,
    message: "Limit of 30 submits a minute for each user reached; try again in 5000 s",
  },
  {
    name: "a blocked user",
    refusal: { exceededLimit: "user_is_blocked" },
    status: 403,
    message: "This account is blocked",
  },
];

Deno.test("a refusal says what is reached, what is allowed, and what to do", async (t) => {
  for (const { name, refusal, status, message, rest } of CASES) {
    await t.step(name, () => {
      const error = rejectSubmit(refusal, command);
      assert.deepEqual([API_ERROR_STATUS[error.code], error.message], [status, message]);
      assert.equal(error.retryAfterSeconds, status === 429 || status === 503 ? 5_000 : undefined);
      for (const [field, value] of Object.entries(rest ?? {})) {
        assert.deepEqual(Object.entries(error).find(([key]) => key === field)?.[1], value);
      }
    });
  }
});

Deno.test("a quota has a code of its own, and no cap tells its amount", () => {
  for (const { refusal } of CASES) {
    const { code, message, quota } = rejectSubmit(refusal, command);
    const isQuota = ["images_per_day", "models_per_day", "usd_per_day"].includes(
      refusal.exceededLimit,
    );
    assert.equal(code === "quota_exceeded", isQuota);
    assert.equal(quota !== undefined, isQuota);
    if (code === "unavailable") assert.doesNotMatch(message, /\$/);
  }
});
