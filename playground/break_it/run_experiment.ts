import type { Generation, MakeIt3D } from "@makeit3d/client";
import { control } from "./control_api.ts";
import type { Experiment } from "./experiments.ts";

export const PROVIDERS = ["openai", "stability", "recraft", "flux", "tripo"] as const;

export type ExperimentProvider = typeof PROVIDERS[number];

/** A task that something is done to. */
export interface Run {
  readonly experiment: Experiment;
  readonly provider: ExperimentProvider;
  /** No other request has it, so that its calls are found. */
  readonly prompt: string;
  readonly generation: Generation & { readonly id: string };
}

const PAUSE_MILLISECONDS = 100;
/** A call that has not begun by then has something else in its way, which the task itself tells. */
const CALL_SECONDS = 20;

/** Orders what is to go wrong, and submits a task for it to meet. Rejects with the words of a refusal. */
export async function startExperiment(
  client: MakeIt3D,
  experiment: Experiment,
  provider: ExperimentProvider,
): Promise<Run> {
  const prompt = `A paper crane, number ${crypto.randomUUID().slice(0, 8)}`;
  // A fault of an earlier run that nothing has met would meet this one.
  await control.forget();
  if (experiment.fault) await control.order({ provider, kind: experiment.fault, times: 1 });
  const generation = await submit(client, provider, prompt);
  return { experiment, provider, prompt, generation };
}

/** What the provider has that needs least. */
async function submit(
  client: MakeIt3D,
  provider: ExperimentProvider,
  prompt: string,
): Promise<Run["generation"]> {
  if (provider === "tripo") return await client.submit("text-to-model", { provider, prompt });
  if (provider !== "flux") return await client.submit("text-to-image", { provider, prompt });
  return await client.submit("image-to-image", { provider, prompt, image: await drawSquare() });
}

async function drawSquare(): Promise<Blob> {
  const canvas = new OffscreenCanvas(512, 512);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser draws nothing");
  context.fillStyle = "white";
  context.fillRect(0, 0, 512, 512);
  context.fillStyle = "slateblue";
  context.fillRect(128, 128, 256, 256);
  return await canvas.convertToBlob({ type: "image/png" });
}

/** Does to this machine what the experiment says, once the provider has been called. */
export async function strike({ experiment, prompt }: Run, signal: AbortSignal): Promise<void> {
  if (!experiment.strike) return;
  if (!await waitForCall(prompt, signal)) return;
  if (experiment.strike === "kill the worker") await control.killWorker();
  else await control.restartPostgres();
}

async function waitForCall(prompt: string, signal: AbortSignal): Promise<boolean> {
  const end = performance.now() + CALL_SECONDS * 1_000;
  while (!signal.aborted && performance.now() < end) {
    const { calls } = await control.calls(signal);
    if (calls.some((call) => call.prompt?.includes(prompt))) return true;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
  }
  return false;
}
