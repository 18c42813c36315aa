import { z } from "zod";
import { API_ERROR_CODES } from "./errors.ts";
import { outlookFields } from "./outlook.ts";
import { resultFields } from "./result_fields.ts";
import { shownErrorCode } from "./task_errors.ts";

/** A task's states; the last three are final. */
export const taskStatus = z.enum(["pending", "processing", "complete", "failed", "canceled"])
  .describe("The last three are final");

export type TaskStatus = z.infer<typeof taskStatus>;

/** Whether a provider bills something: nobody knows yet, or ever, where it says maybe. */
const billed = z.enum(["no", "maybe", "yes"]);

/** Body of the 202 that accepts a request. */
export const acceptedBody = z.object({
  celery_task_id: z.uuid().describe("Id of the task; the one to poll with"),
  task_id: z.string().describe("The app's own"),
  status: taskStatus,
  status_url: z.url().describe("Where to poll"),
  warnings: z.array(z.string()).describe(
    "Parameters that were mapped or ignored, in words for the developer",
  ),
});

export type AcceptedBody = z.infer<typeof acceptedBody>;

const used = z.number().min(0).describe(
  "Used already, by what goes on and what has cost something",
);

/** What a user may have of something, and has had. */
const quota = z.object({
  used,
  allowed: z.number().min(0).nullable().describe("Null: no limit"),
  left: z.number().min(0).nullable().describe("Null: no limit"),
});

/** Body of the answer about an account: what its plan allows, and what is left of it. */
export const accountBody = z.object({
  plan: z.string().describe("Name of the user's plan"),
  resets_at: z.iso.datetime().describe("When the quotas of a day begin anew: at 00:00 UTC"),
  images: quota.describe("Images of a day"),
  models: quota.describe("3D models of a day"),
  usd: quota.describe("USD of a day"),
  active_tasks: quota.describe("Unfinished tasks at the same time"),
  submits_per_minute: z.int().min(0).nullable()
    .describe("Submits in any 60 seconds; null: no limit"),
});

export type AccountBody = z.infer<typeof accountBody>;

/** Body of the answer to a dry run that was not refused. */
export const dryRunBody = z.object({
  dry_run: z.literal(true),
  replayed: z.literal(true).optional().describe(
    "The same request was accepted before: to send it again makes nothing new, and costs nothing",
  ),
  celery_task_id: z.uuid().optional().describe("Id of the task that it was accepted as before"),
  estimate_usd: z.number().min(0)
    .describe("What it costs at most, in USD, by the provider's price list"),
  expected_start_seconds: z.int().min(0).describe("In how many seconds it would be started, about"),
  quota: accountBody.describe("As `GET /account` tells it: without this request"),
  warnings: z.array(z.string()).describe(
    "Parameters that would be mapped or ignored, in words for the developer",
  ),
});

export type DryRunBody = z.infer<typeof dryRunBody>;

const availabilityEntry = z.object({
  operation: z.string(),
  provider: z.string(),
  availability: z.enum(["open", "busy", "closed"]).describe(
    "open: a request starts at once; busy: it waits, and is accepted as long as it is in time; closed: " +
      "do not offer it now",
  ),
  expected_start_seconds: z.int().min(0).optional().describe(
    "In how many seconds a request would be started, about, of a user who has nothing waiting; left out " +
      "where nobody knows",
  ),
});

export type AvailabilityEntry = z.infer<typeof availabilityEntry>;

/** Body of the answer about what can be asked for now. */
export const availabilityBody = z.object({
  operations: z.array(availabilityEntry).describe(
    "Each operation of each provider, without those that the API key may not ask for",
  ),
});

export type AvailabilityBody = z.infer<typeof availabilityBody>;

/** Body of a status answer. Absent values are left out. */
export const statusBody = z.object({
  task_id: z.uuid().describe("The celery_task_id"),
  status: taskStatus,
  version: z.int().min(1).describe(
    "Grows with each change that is seen, and is the ETag. What is reckoned at each look, as a place in " +
      "the queue, is no change",
  ),
  progress: z.int().min(0).max(100).optional()
    .describe("Percentage: as far as the provider tells while it is processing, 100 at the end"),
  ...outlookFields,
  asset_url: z.url().optional().describe("The first of asset_urls"),
  asset_urls: z.array(z.url()).optional()
    .describe("Every result, in order; private results by URLs that are good for an hour"),
  ...resultFields,
  reported: z.literal(true).optional()
    .describe("The user has reported the result: it is hidden, and asset_urls is left out"),
  missing_results: z.int().min(1).optional()
    .describe("How many of the results asked for the provider did not deliver"),
  cost_usd: z.number().min(0).optional().describe(
    "What it has cost, in USD, as far as is known: for API keys that may see it, once it has ended",
  ),
  error: z.string().optional().describe("Why it failed, in words for the user"),
  error_code: shownErrorCode.optional().describe("The same in a word for the app"),
  retryable: z.boolean().optional()
    .describe("With an error: whether the same request, sent again, may succeed"),
  billed: billed.optional().describe(
    "With an error: whether the provider bills the operator for it; maybe where nobody knows, or not yet",
  ),
  operation: z.string(),
  provider: z.string(),
  client_task_id: z.string().describe("The task_id of the request"),
  created_at: z.iso.datetime(),
  started_at: z.iso.datetime().optional(),
  finished_at: z.iso.datetime().optional().describe("Present in the last three states"),
});

export type StatusBody = z.infer<typeof statusBody>;

/** Body of the answer with a user's tasks. */
export const taskListBody = z.object({
  tasks: z.array(statusBody).describe("Newest first, each as its status tells it"),
  next_cursor: z.string().nullable()
    .describe("What to send as cursor for the tasks before these; null: these were the last"),
});

export type TaskListBody = z.infer<typeof taskListBody>;

/** Body of the answer to a cancellation. */
export const canceledBody = z.object({
  task_id: z.uuid().describe("The celery_task_id"),
  status: z.literal("canceled"),
  billed: billed.describe("Whether the provider bills it; maybe where a call was under way"),
});

export type CanceledBody = z.infer<typeof canceledBody>;

/** Body of the answer to a report. */
export const reportedBody = z.object({
  task_id: z.uuid().describe("The celery_task_id"),
  reported: z.literal(true),
  reported_at: z.iso.datetime().describe("When it was reported first"),
});

export type ReportedBody = z.infer<typeof reportedBody>;

/** Body of the answer to a purge. */
export const purgedBody = z.object({
  task_id: z.uuid().describe("The celery_task_id; from now on it is a 404"),
  status: z.literal("purged"),
  billed: billed.describe("Whether the provider bills it; maybe where a call was under way"),
});

export type PurgedBody = z.infer<typeof purgedBody>;

/** Body of the answer to the deletion of an account. */
export const accountDeletedBody = z.object({
  status: z.literal("deleted"),
});

export type AccountDeletedBody = z.infer<typeof accountDeletedBody>;

/** Body of a healthy answer; strangers are told its first line only. */
export const healthBody = z.object({
  status: z.literal("ok"),
  versions: z.object({ backend: z.string(), postgres: z.string(), pgmq: z.string() }).optional()
    .describe("For the operator: of the backend, and of what it stands on"),
  problems: z.array(z.string()).optional().describe(
    "For the operator: codes of what is wrong at the moment although requests are accepted and " +
      "worked off",
  ),
});

export type HealthBody = z.infer<typeof healthBody>;

/** Body of every refusal. `request_id` is left out where the API guide promises the body verbatim. */
export const errorBody = z.object({
  error: z.enum(API_ERROR_CODES).describe("Code"),
  message: z.string().describe("What is wrong and what to do, in words for the developer"),
  details: z.array(z.object({ field: z.string(), message: z.string() })).optional()
    .describe("What is wrong with each field"),
  limit: z.string().optional()
    .describe("The quota that is reached: images_per_day, models_per_day or usd_per_day"),
  used: z.number().optional().describe("What is used of it already"),
  allowed: z.number().optional().describe("What the user's plan allows of it"),
  resets_at: z.iso.datetime().optional().describe("When it begins anew"),
  request_id: z.string().optional().describe("The same as in X-Request-Id"),
});

export type ErrorBody = z.infer<typeof errorBody>;
