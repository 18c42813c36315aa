import assert from "node:assert/strict";
import type { OperationId } from "../../../shared/contract/operations.ts";
import type { ProviderId } from "../../../shared/providers/catalog.ts";
import {
  MAX_INPUT_BYTES,
  MAX_RESULT_BYTES_HELD,
  MAX_STARTS,
} from "../../../supabase/functions/worker/memory_limits.ts";
import { withServer } from "../../../testing/serve.ts";
import { foldersOf, repository } from "../../../tools/local/stack/folders.ts";
import { installTool } from "../../../tools/local/stack/tools.ts";
import { peakMegabytes } from "../../support/memory.ts";
import { testPorts } from "../../support/test_ports.ts";
import { MemoryStandIn } from "./stand_in.ts";
import type { Scene } from "./steps.ts";

/** Well below the 256 MB of an isolate. */
const LIMIT_MEGABYTES = 200;

/** Runs steps in a process with the Deno of the platform; its most memory, and what they came to. */
async function run(
  scene: Scene,
): Promise<{ readonly peak: number; readonly outcomes: readonly string[] }> {
  const deno = await installTool(foldersOf(testPorts.shared).tools, "hostedDeno");
  const process = new Deno.Command(deno, {
    args: [
      "run",
      "--allow-all",
      "--no-check",
      "--no-lock",
      "tests/platform/memory/steps.ts",
      JSON.stringify(scene),
    ],
    cwd: repository,
    stdout: "piped",
  }).spawn();
  try {
    const lines: string[] = [];
    for await (const text of process.stdout.pipeThrough(new TextDecoderStream())) {
      lines.push(text);
      if (text.includes("\n[") || text.startsWith("[")) break;
    }
    const outcomes: string[] = JSON.parse(lines.join("").split("\n").at(-2) ?? "[]");
    return { outcomes, peak: await peakMegabytes(process.pid) };
  } finally {
    process.kill("SIGKILL");
    await process.status;
  }
}

const cases: readonly (readonly [ProviderId, OperationId])[] = [
  ["openai", "image-to-image"],
  ["stability", "sketch-to-image"],
];

for (const [provider, operation] of cases) {
  for (const resultBytes of [1_000_000, 2_000_000, 4_000_000]) {
    const name = `${MAX_STARTS} results of ${resultBytes / 1e6} MB of ${provider}`;
    Deno.test(`${name}, with the inputs there may be, fit an isolate`, async () => {
      const standIn = new MemoryStandIn({
        steps: MAX_STARTS,
        inputBytes: Math.floor(MAX_INPUT_BYTES / MAX_STARTS),
        resultBytes,
        // With what an answer has beside the result.
        uploadsAtOnce: Math.floor(MAX_RESULT_BYTES_HELD / (resultBytes + 1_000)),
      });
      await withServer(standIn.handle, async (address) => {
        const { peak, outcomes } = await run({ address, provider, operation, steps: MAX_STARTS });
        assert.deepEqual(outcomes, Array(MAX_STARTS).fill("complete"));
        assert.deepEqual(standIn.stored, Array(MAX_STARTS).fill(resultBytes));
        assert.ok(peak <= LIMIT_MEGABYTES, `Up to ${peak} MB`);
      });
    });
  }
}
