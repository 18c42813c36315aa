import type { Asset } from "../contract/asset_facts.ts";
import type {
  AcceptedBody,
  AccountBody,
  AccountDeletedBody,
  AvailabilityBody,
  CanceledBody,
  DryRunBody,
  ErrorBody,
  HealthBody,
  PurgedBody,
  ReportedBody,
  StatusBody,
  TaskListBody,
} from "../contract/responses.ts";
import { operatorAction, operatorView } from "./operator_examples.ts";

const id = "0b54c2a5-6f0f-4c1c-9a53-5f0b8e5f3d52";
const project = "https://project.supabase.co";
const result =
  `${project}/storage/v1/object/public/generated/00000000-0000-4000-8000-000000000001/concepts/${id}/0.png`;

const account: AccountBody = {
  plan: "default",
  resets_at: "2026-11-30T00:00:00.000Z",
  images: { used: 3, allowed: 100, left: 97 },
  models: { used: 0, allowed: 20, left: 20 },
  usd: { used: 0.16, allowed: 5, left: 4.84 },
  active_tasks: { used: 1, allowed: 20, left: 19 },
  submits_per_minute: 30,
};

const accepted: AcceptedBody = {
  celery_task_id: id,
  task_id: "my-task-1",
  status: "pending",
  status_url: `${project}/functions/v1/tasks/${id}/status`,
  warnings: [],
};

const status: StatusBody = {
  task_id: id,
  status: "complete",
  version: 3,
  progress: 100,
  asset_url: result,
  asset_urls: [result],
  assets: [{ url: result, media_type: "image/png", bytes: 1_482_113, width: 1024, height: 1024 }],
  model_id: "gpt-image-1",
  parameters: {
    prompt: "A violet flying elephant",
    n: 1,
    size: "1024x1024",
    quality: "standard",
  },
  operation: "text-to-image",
  provider: "openai",
  client_task_id: "my-task-1",
  created_at: "2026-11-29T09:30:00.000Z",
  started_at: "2026-11-29T09:30:01.000Z",
  finished_at: "2026-11-29T09:30:21.000Z",
};

/** The same while it waits. */
export const pendingStatus = {
  task_id: id,
  status: "pending",
  version: 1,
  queue_position: 3,
  eta: { seconds: 42, seconds_max: 95, based_on: "history" },
  operation: "text-to-image",
  provider: "openai",
  client_task_id: "my-task-1",
  created_at: "2026-11-29T09:30:00.000Z",
} as const satisfies StatusBody;

const model: Asset = {
  url: result.replace("concepts", "models").replace(".png", ".glb"),
  media_type: "model/gltf-binary",
  bytes: 6_214_520,
  triangles: 39_824,
  vertices: 24_107,
  materials: 1,
  textures: 3,
  size: [0.62, 1, 0.48],
  compressed: null,
};

const failed: StatusBody = {
  task_id: "5a3f4d4e-3a54-4d0b-8f2f-2a2b7a0c1d9e",
  status: "failed",
  version: 3,
  error: "AI service unavailable. Trying again later may help.",
  error_code: "provider_unavailable",
  retryable: true,
  billed: "no",
  operation: "text-to-model",
  provider: "tripo",
  client_task_id: "my-task-0",
  created_at: "2026-11-29T09:20:00.000Z",
  started_at: "2026-11-29T09:20:01.000Z",
  finished_at: "2026-11-29T09:21:40.000Z",
};

const taskList: TaskListBody = {
  tasks: [status, failed],
  next_cursor: "MTc2NDQwNzQwMDAwMDAwMF81YTNmNGQ0ZS0zYTU0LTRkMGItOGYyZi0yYTJiN2EwYzFkOWU",
};

const dryRun: DryRunBody = {
  dry_run: true,
  estimate_usd: 0.053,
  expected_start_seconds: 0,
  quota: account,
  warnings: [],
};

const canceled: CanceledBody = { task_id: id, status: "canceled", billed: "no" };
const purged: PurgedBody = { task_id: id, status: "purged", billed: "yes" };
const deleted: AccountDeletedBody = { status: "deleted" };
const availability: AvailabilityBody = {
  operations: [
    {
      operation: "text-to-image",
      provider: "openai",
      availability: "busy",
      expected_start_seconds: 12,
    },
    { operation: "text-to-image", provider: "recraft", availability: "closed" },
    {
      operation: "text-to-model",
      provider: "tripo",
      availability: "open",
      expected_start_seconds: 0,
    },
  ],
};
const health: HealthBody = { status: "ok" };

const reported: ReportedBody = {
  task_id: id,
  reported: true,
  reported_at: "2026-11-29T09:31:00.000Z",
};

const error: ErrorBody = {
  error: "unsupported_provider",
  message: 'Unsupported provider "tripo" for text-to-image; supported: openai, stability, recraft',
  details: [{ field: "provider", message: "Supported: openai, stability, recraft" }],
  request_id: "5f0a1b3c-8e1d-4a57-9d0a-1f6a2c9d7e11",
};

/** An answer of each kind, by the name of its schema: for those who read the reference. */
export const exampleAnswers = {
  Accepted: accepted,
  DryRun: dryRun,
  Status: status,
  Asset: model,
  TaskList: taskList,
  Canceled: canceled,
  Purged: purged,
  Account: account,
  AccountDeleted: deleted,
  Reported: reported,
  Availability: availability,
  Operator: operatorView,
  OperatorAction: operatorAction,
  Health: health,
  Error: error,
} as const;

export type AnswerName = keyof typeof exampleAnswers;
