import { z } from "zod";
import { stack } from "./stack.ts";

const callsBody = z.object({
  calls: z.array(
    z.object({
      provider: z.string(),
      operation: z.string(),
      request: z.looseObject({ prompt: z.string() }),
    }),
  ),
});

export interface Fault {
  readonly kind: string;
  readonly times: number;
  readonly latency_ms?: number;
}

/** Every purchase the simulated OpenAI has on its books for a prompt. */
export async function purchasesOf(prompt: string): Promise<number> {
  const response = await fetch(`${stack.simulatorUrl}/_calls`);
  const { calls } = callsBody.parse(await response.json());
  return calls.filter(({ request }) => request.prompt === prompt).length;
}

/** Lets the next calls of the simulated OpenAI go wrong while the work is done. */
export async function withFaults<T>(faults: readonly Fault[], work: () => Promise<T>): Promise<T> {
  for (const fault of faults) {
    const response = await fetch(`${stack.simulatorUrl}/_faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ provider: "openai", ...fault }),
    });
    if (!response.ok) throw new Error(`Fault refused: ${await response.text()}`);
    await response.body?.cancel();
  }
  try {
    return await work();
  } finally {
    const response = await fetch(`${stack.simulatorUrl}/_faults`, { method: "DELETE" });
    await response.body?.cancel();
  }
}
