import { z } from "zod";
import type { Fault } from "../../../../simulators/faults.ts";
import { type FaultsBody, faultsBody } from "./bodies.ts";

const callsBody = z.object({
  calls: z.array(z.object({
    id: z.uuid(),
    provider: z.string(),
    operation: z.string(),
    model: z.string(),
    request: z.looseObject({}),
    request_id: z.string(),
    accepted_at: z.iso.datetime(),
  })),
});

const orderedFaults = faultsBody.pick({ faults: true });

const possibleFaults = z.object({
  kinds: faultsBody.shape.kinds,
  providers: z.array(faultsBody.shape.providers.element.omit({ simulated: true })),
});

const refusal = z.object({ error: z.object({ field: z.string(), message: z.string() }) });

/** Which field of a body is wrong, and how. */
export type FieldError = z.infer<typeof refusal>["error"];

/** A call on the books of the simulated services: all of them are billed. */
export type BilledCall = z.infer<typeof callsBody>["calls"][number];

/** The control routes of the simulated services of a stack. */
export class SimulatorsControl {
  readonly #url: string;

  /** @param url Of the simulated services. */
  constructor(url: string) {
    this.#url = url;
  }

  /** Every billed call, oldest first. */
  async readCalls(): Promise<readonly BilledCall[]> {
    return callsBody.parse(await this.#read("_calls")).calls;
  }

  /**
   * What is ordered and not used up yet, and what can be.
   *
   * @param real Names of the providers that are not simulated.
   */
  async readFaults(real: readonly string[]): Promise<FaultsBody> {
    const { faults } = orderedFaults.parse(await this.#read("_faults"));
    const { kinds, providers } = possibleFaults.parse(await this.#read("_faults/possible"));
    return {
      faults,
      kinds,
      providers: providers.map((provider) => (
        { ...provider, simulated: !real.includes(provider.name) }
      )),
    };
  }

  /** Orders a fault; undefined, or else which field is wrong, and what is possible. */
  async order(fault: Fault): Promise<FieldError | undefined> {
    const response = await fetch(`${this.#url}/_faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(fault),
    });
    const body: unknown = await response.json();
    return response.ok ? undefined : refusal.parse(body).error;
  }

  /** Forgets what is ordered. */
  async clearFaults(): Promise<void> {
    const response = await fetch(`${this.#url}/_faults`, { method: "DELETE" });
    await response.body?.cancel();
  }

  async #read(path: string): Promise<unknown> {
    return await (await fetch(`${this.#url}/${path}`)).json();
  }
}
