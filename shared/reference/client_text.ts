import { operationIds, operations } from "../contract/operations.ts";

/** Each call of the client, in a line: tests compare it with the client itself. */
const CALLS = [
  ["generate(operation, request, options?)", "uploads, submits, follows; resolves with the result"],
  [
    "submit(operation, request, options?)",
    "resolves with a generation once it is accepted: `id`, `taskId`, `task`, `problem`, `warnings`, " +
    "`subscribe(listener)`, `result()`, `cancel()`",
  ],
  ["estimate(operation, request, options?)", "the cost, the quotas, warnings; nothing is queued"],
  ["follow(id)", "a generation by its id, at once: of another device, or of a notification"],
  ["get(id)", "the task: `{ id, taskId, status, progress, assets, previewUrl, … }`"],
  [
    "list({ operation, status, limit, cursor }?)",
    "`{ tasks, nextCursor }`, newest first; `nextCursor` is null at the end",
  ],
  [
    "resume()",
    "the generations under way when the app ended, as a list: call it at each start, signed in",
  ],
  ["cancel(id)", "ends a task; `{ billed }`: `no`, `maybe` or `yes`"],
  ["remove(id)", "deletes a task with its results, in whatever state; `{ billed }`"],
  ["upload(file, options?)", "`{ url }`: a file for several requests"],
  ["account()", "the user's plan, and what is left of it"],
  [
    "availability()",
    "a list of `{ operation, provider, availability, … }`: `open`, `busy` or `closed`",
  ],
  ["wake()", "reads at once what is followed"],
  ["close()", "stops following; tasks go on"],
] as const;

/** Where each part of the package is imported from, and what an app sets up with it. */
const ENTRIES = [
  "- `@makeit3d/client`: `createMakeIt3D({ supabase, apiKey })`, the errors, all types.",
  "- `@makeit3d/client/images`: `createMakeIt3D({ …, prepare: browserImages() })` draws photos upright, in " +
  "a size that the provider takes, before they are uploaded; in Expo " +
  '`prepare: expoImages(await import("expo-image-manipulator"))`. Do so wherever users choose photos.',
  "- `@makeit3d/client/react`: `<MakeIt3DProvider client={makeit3d}>`, `useGeneration(operation, { scope })`, " +
  "`useGenerations({ limit })`, `useAccount()`.",
  "- `@makeit3d/client/react-native`: `followAppState(makeit3d, AppState)`. In React Native give " +
  "`storage: AsyncStorage` (of `@react-native-async-storage/async-storage`) to `createMakeIt3D`, " +
  "or `resume` finds nothing after a restart.",
];

const OPTIONS = [
  "- `signal`: to abort it cancels the task (`CanceledError`, with `billed`); `AbortSignal.timeout` " +
  "leaves it running (`StillRunningError`).",
  "- `onUpdate(task)`, of `generate`: each newer state. `onUpload(sent, total)`: bytes of the files.",
  "- `onProblem(problem)`: what it waits for before it tries again, such as no network, or that new " +
  "requests are paused; undefined when that is over. Show `problem.message`.",
  "- `scope`: the place of the app that it belongs to; `resume` gives it back. `taskId`: the app's own " +
  "id, up to 200 characters: the same one again is the same task, paid once.",
];

/** What an app that is written with the client has to know, in short. */
export function clientText(): string[] {
  return [
    "## Calls of the client",
    CALLS.map(([call, meaning]) => `- \`${call}\`: ${meaning}`).join("\n"),
    "Options of `generate` and `submit`; of `estimate` and `upload` those that are no task's:",
    OPTIONS.join("\n"),
    "## Files",
    "A field takes a `File`, a `Blob`, bytes, a picker's `{ uri }`, an address, what `upload` returned, or " +
    "one of the `assets` of a result; `images` is a list, in which null is a view that is missing.",
    fileFields(),
    "## Imports",
    ENTRIES.join("\n"),
  ];
}

/** The client calls `input_image_asset_url` `image`, and `input_image_asset_urls` `images`. */
function fileFields(): string {
  const rows = operationIds.map((operation) => {
    const names = operations[operation].assets.map((field) =>
      `\`${field.replace(/^input_(.+)_asset_url(s?)$/, "$1$2")}\``
    );
    return `| \`${operation}\` | ${names.join(", ") || "none"} |`;
  });
  return ["| Operation | File fields |", "| --- | --- |", ...rows].join("\n");
}

/** What the long text has beside that. */
export function clientDetails(): string[] {
  return [
    "## What the client returns",
    [
      "- A task: `id` (`celery_task_id` of the API), `taskId` (the app's own), `operation`, `provider`, " +
      "`status`, and once they are known `progress`, `queuePosition`, `eta`, `previewUrl` (a picture of a " +
      "model), `costUsd` (only for API keys that may see it, once it has ended), `error`, `errorCode`.",
      "- `assets` of a task is always a list, empty until it is complete: `{ url, mediaType, bytes, width, " +
      "height, triangles, … }`. A result is a task that is complete. Addresses of private results are good " +
      "for an hour: `get(id)` has new ones.",
      "- A generation: `id` is undefined until it is accepted, `taskId` until something was read of one that " +
      "is followed by its id; `task` is the newest state, `problem` what is in the way meanwhile. Nothing " +
      "is read while nobody waits for `result()` or listens.",
      "- `useGeneration`: `{ status, isLoading, uploadProgress, progress, queuePosition, etaSeconds, id, task, " +
      "result, error, problem, generate, cancel, stop }`; `status` is `idle`, `generating`, `success` or " +
      "`error`.",
    ].join("\n"),
    "## Errors of the client",
    "All are `MakeIt3DError`, with `code`, `message` and `isRetryable`:",
    [
      "- `RefusedError`: the backend said no. `fields` has the names of the request (`image`, `prompt`), " +
      "`retryAfterSeconds` when to come back, `requestId` what the operator asks for.",
      "- `GenerationFailedError`: the task has failed. `message` is for the user; `billed`.",
      "- `CanceledError`: it was canceled, here or elsewhere; `billed`.",
      "- `StillRunningError`: nobody waits any more, and it goes on: `follow(id)`.",
      "- `UnreachableError`: no answer for more than a minute; `resume()` finds out what was accepted.",
    ].join("\n"),
    "After a lost answer, a `5xx`, or a `429` whose `Retry-After` is at most a minute, the client sends the " +
    "same again, up to ten times, and says so by `onProblem`; `submit` resolves only when it is accepted. " +
    "The way out is `signal`.",
  ];
}
