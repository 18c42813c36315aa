import assert from "node:assert/strict";
import { createUserLimit } from "../../../shared/auth/user_limit.ts";
import { blobSource } from "../../../shared/inputs/byte_source.ts";
import type { Submission } from "../../../shared/tasks/submits.ts";
import { recordLog } from "../../../testing/recorded_log.ts";
import { aGlb, aPng, triangle } from "../../../testing/small_files.ts";
import { createGenerationApp, type GenerationDependencies } from "./app.ts";

export const ID = "11111111-1111-4111-8111-111111111111";
export const KEY = "22222222-2222-4222-8222-222222222222";
export const OPERATOR_SECRET = "the-secret-of-the-worker";
export const USER = "00000000-0000-4000-8000-000000000001";
export const fresh: Submission = {
  id: ID,
  status: "pending",
  replayed: false,
  conflicts: [],
  wake: true,
};
export const minimal = { task_id: "task-1", provider: "openai", prompt: "a clay robot" };

/** What a test asks, and what came of it. */
export interface Setup {
  post(path?: string, body?: unknown): Promise<Response>;
  request(path: string, init?: RequestInit): Promise<Response>;
  readonly effects: { submits: unknown[]; wakes: number };
  /** The log. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
}

export type Changes =
  & Partial<
    & Pick<
      GenerationDependencies,
      "isAvailable" | "isolateSeconds" | "modelOf" | "mostOf" | "moderate"
    >
    & GenerationDependencies["authenticator"]
    & GenerationDependencies["tasks"]
    & GenerationDependencies["assets"]
    & GenerationDependencies["health"]
    & {
      readMetrics: GenerationDependencies["metrics"]["read"];
      readAvailability: GenerationDependencies["availability"]["read"];
    }
  >
  & {
    submission?: Submission;
    allowedOperations?: readonly string[] | null;
    refusalsPerMinute?: number;
  };

/** A client of the app, and what reaches the database and the worker. */
export function setup({
  submission = fresh,
  allowedOperations = null,
  ...changes
}: Changes = {}): Setup {
  const effects: Setup["effects"] = { submits: [], wakes: 0 };
  const { log, lines } = recordLog();
  const app = createGenerationApp({
    log,
    corsOrigins: ["*"],
    projectUrls: ["https://project.example"],
    functionsUrl: "https://project.example/functions/v1",
    authenticator: {
      authenticate: () =>
        Promise.resolve({
          userId: USER,
          plan: "free",
          isOperator: false,
          apiKey: { id: KEY, clientName: "app", allowedOperations, seesCosts: false },
        }),
      ...changes,
    },
    assets: {
      find: () => Promise.resolve({ bytes: 7, etag: "e1", version: "v1" }),
      open: ({ path }) => blobSource(new Blob([path.endsWith(".glb") ? aGlb(triangle) : aPng()])),
      ...changes,
    },
    tasks: {
      findReplay: () => Promise.resolve(undefined),
      ownsProviderTask: () => Promise.resolve(true),
      dryRun: () => assert.fail("Not asked for"),
      quota: () => assert.fail("Not asked for"),
      submit: (command, caller) => {
        effects.submits.push([command.parameters, caller]);
        return Promise.resolve(submission);
      },
      ...changes,
    },
    refusals: createUserLimit({
      perMinute: changes.refusalsPerMinute ?? 1_000_000,
      what: "refused submits",
    }),
    health: {
      check: (isOperator) =>
        Promise.resolve(
          isOperator
            ? {
              status: "ok",
              versions: { backend: "2", postgres: "17", pgmq: "1.5" },
              problems: [],
            }
            : { status: "ok" },
        ),
      ...changes,
    },
    availability: { read: changes.readAvailability ?? (() => assert.fail("Not asked for")) },
    metrics: { read: changes.readMetrics ?? (() => assert.fail("Not asked for")) },
    operatorSecrets: [OPERATOR_SECRET, "the-secret-of-before"],
    wakeWorker: () => void effects.wakes++,
    moderate: changes.moderate,
    modelOf: changes.modelOf ?? (() => undefined),
    mostOf: changes.mostOf ?? (() => undefined),
    isAvailable: changes.isAvailable ?? (() => true),
    isolateSeconds: changes.isolateSeconds ?? 400,
  });
  const request = async (path: string, init?: RequestInit): Promise<Response> =>
    await app.request(path, init);
  const headers = { "content-type": "application/json", "x-request-id": "request-1" };
  return {
    effects,
    lines,
    request,
    post: (path = "/generation/text-to-image", body = minimal) =>
      request(path, { method: "POST", headers, body: JSON.stringify(body) }),
  };
}
