import { z } from "zod";
import { upTo } from "../characters.ts";
import { text, words } from "../fields.ts";

/** The largest amount that a cap may have: as many digits as the database keeps of one. */
export const MOST_USD = 9_999_999_999.99;

const provider = text.min(1).max(63).describe("Name of a provider, and so of its lane");
const user = upTo(320, words).describe("A user's id or e-mail address");
const until = z.iso.datetime({
  offset: true,
  error: "Must be a time such as 2027-01-01T00:00:00Z",
});

function reason(what: string): z.ZodString {
  return upTo(1_000, words).describe(what);
}

/** A cap in USD; null takes it away. */
function cap(what: string): z.ZodNullable<z.ZodNumber> {
  return z.number().min(0).max(MOST_USD).multipleOf(0.01, "Must have at most two decimals")
    .nullable().describe(what);
}

const OWN = "null: the one for all of them";

/** What an operator may do, each with its fields. */
export const operatorRequests = {
  pause_lane: z.strictObject({
    action: z.literal("pause_lane"),
    provider,
    reason: reason("Why, for other operators").optional(),
    until: until.optional().describe(
      "Until when nothing is started; left out: until somebody resumes it",
    ),
  }).describe("Starts nothing more of a lane; what was started goes on"),
  resume_lane: z.strictObject({
    action: z.literal("resume_lane"),
    provider,
  }).describe("Opens a lane, with its pools and users, whatever paused it"),
  pause_submits: z.strictObject({
    action: z.literal("pause_submits"),
    message: reason("What apps are told; left out: the usual words").optional(),
    retry_after_seconds: z.int().min(1).max(999_999_999).optional().describe(
      "After how many seconds apps are to try again; left out: 60",
    ),
  }).describe("Accepts no new request of any app; what was accepted goes on"),
  resume_submits: z.strictObject({
    action: z.literal("resume_submits"),
  }).describe("Accepts requests again"),
  block_user: z.strictObject({
    action: z.literal("block_user"),
    user,
    reason: reason("Why, for operators; the user is not told"),
    until: until.optional().describe("The end of the block; left out: until somebody ends it"),
  }).describe("Accepts nothing more of a user, and cancels what is unfinished"),
  unblock_user: z.strictObject({
    action: z.literal("unblock_user"),
    user,
  }).describe("Ends a block; a ban in Auth stays"),
  set_budgets: z.strictObject({
    action: z.literal("set_budgets"),
    project_usd_per_day: cap("Of all requests of a day; null: no cap").optional(),
    project_usd_per_month: cap("Of all requests of a month; null: no cap").optional(),
    provider_usd_per_day: cap(
      "Of each provider without a cap of its own, in a day; null: no cap",
    ).optional(),
    key_usd_per_day: cap(
      "Of each API key without a cap of its own, in a day; null: no cap",
    ).optional(),
    providers: z.record(provider, cap(OWN)).optional()
      .describe("Caps of single providers in a day, by name"),
    keys: z.record(text.min(1).max(100), cap(OWN)).optional()
      .describe("Caps of single API keys in a day, by prefix"),
  }).describe("Sets caps in USD, all that are named or none; days and months are of UTC"),
} as const;

export type OperatorActionName = keyof typeof operatorRequests;

/** Body of a request of an operator. */
export const operatorRequest = z.discriminatedUnion("action", [
  operatorRequests.pause_lane,
  operatorRequests.resume_lane,
  operatorRequests.pause_submits,
  operatorRequests.resume_submits,
  operatorRequests.block_user,
  operatorRequests.unblock_user,
  operatorRequests.set_budgets,
]);

export type OperatorRequest = z.infer<typeof operatorRequest>;
