/**
 * A process of its own for one file, on the platform's Deno: what looks at it take of the processor, the
 * first, with which nothing is compiled yet, and those after it. Prints a line of JSON.
 */
import type { ByteSource } from "../../../shared/inputs/byte_source.ts";
import { look } from "../../../shared/inputs/look.ts";
import { lookAtMask } from "../../../shared/inputs/mask/look_at_mask.ts";
import { storedFile } from "../../../shared/storage/stored_file.ts";
import { processorMilliseconds } from "./processor_time.ts";

const [url = "", file = "", size = "0", kind = "", rounds = "1"] = Deno.args;

let reads = 0;
const stored = storedFile(
  { supabaseUrl: url, secretKey: "none" },
  { bucket: "inputs", path: file, bytes: Number(size), etag: undefined, version: undefined },
);
const source: ByteSource = {
  size: stored.size,
  read(start, end) {
    reads++;
    return stored.read(start, end);
  },
};

async function spentByOne(): Promise<number> {
  const before = processorMilliseconds();
  await (kind === "mask" ? lookAtMask(source) : look(source));
  return processorMilliseconds() - before;
}

// The first request of a process is no part of a look.
await stored.read(0, Math.min(1, stored.size));
const first = await spentByOne();
const readsOfOne = reads;
const later: number[] = [];
for (let round = 0; round < Number(rounds); round++) later.push(await spentByOne());
const line = JSON.stringify({ first, later, reads: readsOfOne });
Deno.stdout.writeSync(new TextEncoder().encode(line));
