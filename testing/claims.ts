import type { Claim } from "../shared/tasks/task.ts";

/** A claim as the queue hands it out. */
export function aClaim(changes: Partial<Claim> = {}): Claim {
  return {
    taskId: "11111111-1111-4111-8111-111111111111",
    lease: "1",
    userId: "00000000-0000-4000-8000-000000000001",
    operation: "text-to-image",
    provider: "openai",
    parameters: { prompt: "a clay robot", n: 1, size: "1024x1024", quality: "standard" },
    failedAttempts: 0,
    inputBytes: 0,
    inputs: [],
    handle: null,
    acceptedSecondsAgo: null,
    lostCall: null,
    maxCallSeconds: 125,
    isAlone: false,
    isGivenUp: false,
    requestId: "request-1",
    traceparent: null,
    ...changes,
  };
}
