import { z } from "zod";
import type { Fault } from "../../simulators/faults.ts";

const callsBody = z.object({
  calls: z.array(
    z.object({
      provider: z.string(),
      operation: z.string(),
      request: z.looseObject({}),
      request_id: z.string(),
    }),
  ),
});

const faultsBody = z.object({ faults: z.array(z.unknown()) });

/** A call that the simulated providers would bill. */
export type Purchase = z.infer<typeof callsBody>["calls"][number];

/** The control routes of the simulators of one stack. */
export class SimulatorControl {
  readonly #url: string;

  constructor(simulatorsPort: number) {
    this.#url = `http://127.0.0.1:${simulatorsPort}`;
  }

  /** Every purchase, oldest first. */
  async read(): Promise<readonly Purchase[]> {
    const response = await fetch(`${this.#url}/_calls`);
    return callsBody.parse(await response.json()).calls;
  }

  /** How many ordered faults nobody has met. */
  async countUnused(): Promise<number> {
    const response = await fetch(`${this.#url}/_faults`);
    return faultsBody.parse(await response.json()).faults.length;
  }

  /** Forgets all purchases and faults. */
  async clear(): Promise<void> {
    await this.#delete("_calls");
    await this.clearFaults();
  }

  async clearFaults(): Promise<void> {
    await this.#delete("_faults");
  }

  async #delete(name: string): Promise<void> {
    const response = await fetch(`${this.#url}/${name}`, { method: "DELETE" });
    await response.body?.cancel();
  }

  async order(fault: Fault): Promise<void> {
    const response = await fetch(`${this.#url}/_faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(fault),
    });
    if (!response.ok) throw new Error(`Fault refused: ${await response.text()}`);
    await response.body?.cancel();
  }
}
