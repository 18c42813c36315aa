import process from "node:process";
import { fal } from "@fal-ai/client";

const abort = new AbortController();
process.once("SIGINT", () => abort.abort());

const { data } = await fal.subscribe("fal-ai/flux/dev", {
  input: { prompt: process.argv[2] },
  abortSignal: abort.signal,
  onQueueUpdate: ({ status }) => console.log(status),
});
console.log(data.images[0].url);
