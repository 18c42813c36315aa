import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import process from "node:process";
import { fal } from "@fal-ai/client";

const MODEL = "fal-ai/flux/dev";
const KEPT = process.env.KEPT;

if (!existsSync(KEPT)) {
  const input = { prompt: process.argv[2] };
  const { request_id } = await fal.queue.submit(MODEL, { input });
  writeFileSync(KEPT, request_id);
}
const requestId = readFileSync(KEPT, "utf8");
process.once("SIGINT", () => fal.queue.cancel(MODEL, { requestId }));

const onQueueUpdate = ({ status }) => console.log(status);
await fal.queue.subscribeToStatus(MODEL, { requestId, onQueueUpdate });
const { data } = await fal.queue.result(MODEL, { requestId });
rmSync(KEPT);
console.log(data.images[0].url);
