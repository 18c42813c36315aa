/**
 * A worker's steps at once, in a process of its own: what it has in memory is what an isolate would.
 * Prints "done" and waits to be ended.
 */
import { createAdapters } from "../../../shared/providers/adapters.ts";
import { findOperation } from "../../../shared/providers/catalog.ts";
import { consoleLog } from "../../../shared/log.ts";
import { createAssetStore } from "../../../shared/storage/asset_store.ts";
import { createInputReader } from "../../../shared/storage/input_reader.ts";
import type { OperationId } from "../../../shared/contract/operations.ts";
import type { ProviderId } from "../../../shared/providers/catalog.ts";
import {
  MAX_INPUT_BYTES,
  MAX_RESULT_BYTES_HELD,
} from "../../../supabase/functions/worker/memory_limits.ts";
import { MemorySemaphore } from "../../../supabase/functions/worker/memory_semaphore.ts";
import { createReadInput } from "../../../supabase/functions/worker/step/read_input.ts";
import { runStep } from "../../../supabase/functions/worker/step/run_step.ts";
import { createSaveResults } from "../../../supabase/functions/worker/step/save_results.ts";
import { withMemory } from "../../../supabase/functions/worker/step/with_memory.ts";
import { aClaim } from "../../../testing/claims.ts";
// For what else a worker has in memory.
import "../../../supabase/functions/worker/app.ts";
import "../../../supabase/functions/worker/drain.ts";
import "../../../shared/database.ts";

export interface Scene {
  /** Of the stand-in for the provider and for Storage. */
  readonly address: string;
  readonly provider: ProviderId;
  readonly operation: OperationId;
  readonly steps: number;
}

const scene: Scene = JSON.parse(Deno.args[0] ?? "");
const { address, provider, operation } = scene;
const adapters = createAdapters({ [provider]: { apiKey: "key", baseUrl: address } });
const store = createAssetStore({
  supabaseUrl: address,
  publicUrl: address,
  secretKey: "secret",
  bucket: "generated",
  isPublic: true,
});
const readInput = createReadInput(
  createInputReader({ supabaseUrl: address, secretKey: "secret" }),
  [address],
);
const saveResults = createSaveResults(store, consoleLog("worker", []));
const semaphore = new MemorySemaphore(MAX_RESULT_BYTES_HELD);
const { signal } = new AbortController();

/** The example of an operation, with every file of it in the stand-in. */
function parametersOf(): unknown {
  const example = findOperation(provider, operation)?.example ?? {};
  return Object.fromEntries(
    Object.entries(example).map(([name, value]) => [
      name,
      name.includes("url") ? `${address}/storage/v1/object/public/inputs/user/input.png` : value,
    ]),
  );
}

const outcomes = await Promise.all(Array.from({ length: scene.steps }, () => {
  const claim = aClaim({
    taskId: crypto.randomUUID(),
    provider,
    operation,
    parameters: parametersOf(),
    inputs: null,
    inputBytes: MAX_INPUT_BYTES,
  });
  return withMemory(semaphore, signal, (reserveMemory) =>
    runStep(claim, signal, {
      findAdapter: (name) => adapters.get(name),
      saveResults,
      savePreview: () => Promise.resolve(undefined),
      ownParameters: ({ parameters }) => Promise.resolve(parameters),
      readInput,
      reserveMemory,
      markCallSent: () => Promise.resolve(),
      endUser: () => "somebody",
      random: Math.random,
    }));
}));
// deno-lint-ignore no-console -- what the test waits for
console.log(
  JSON.stringify(
    outcomes.map((outcome) => outcome.kind === "failure" ? outcome.detail : outcome.kind),
  ),
);
// Until the memory was looked at.
await new Promise((resolve) => setTimeout(resolve, 60_000));
