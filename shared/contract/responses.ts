import { z } from "zod";

/** A task's states; the last three are final. */
export const taskStatus = z.enum(["pending", "processing", "complete", "failed", "canceled"]);

export type TaskStatus = z.infer<typeof taskStatus>;

/** Body of the 202 that accepts a request. */
export const acceptedBody = z.object({
  /** Id of the task row; the one to poll with. */
  celery_task_id: z.uuid(),
  task_id: z.string(),
  status: taskStatus,
  status_url: z.url(),
  /** Parameters that were mapped or ignored, in words for the developer. */
  warnings: z.array(z.string()),
});

export type AcceptedBody = z.infer<typeof acceptedBody>;

/** Body of a status answer. Absent values are left out. */
export const statusBody = z.object({
  /** The `celery_task_id`. */
  task_id: z.uuid(),
  status: taskStatus,
  /** The first of `asset_urls`. */
  asset_url: z.url().optional(),
  asset_urls: z.array(z.url()).optional(),
  error: z.string().optional(),
  error_code: z.string().optional(),
  operation: z.string(),
  provider: z.string(),
  client_task_id: z.string(),
  created_at: z.iso.datetime(),
  started_at: z.iso.datetime().optional(),
  finished_at: z.iso.datetime().optional(),
});

export type StatusBody = z.infer<typeof statusBody>;

/** Body of every refusal. `request_id` is left out where the API guide promises the body verbatim. */
export const errorBody = z.object({
  error: z.string(),
  message: z.string(),
  details: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  request_id: z.string().optional(),
});

export type ErrorBody = z.infer<typeof errorBody>;
