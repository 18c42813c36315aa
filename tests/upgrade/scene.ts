import { createClient } from "@supabase/supabase-js";
import type postgres from "postgres";
import type { FaultKind } from "../../simulators/faults.ts";
import { SEED } from "../../tools/local/stack/settings.ts";
import { type FaultStack, storePicture } from "../faults/fault_stack.ts";
import { SimulatorControl } from "../faults/simulator_control.ts";
import { makeDue } from "../faults/tasks.ts";
import { waitUntil } from "../support/wait_until.ts";
import type { AppRequest, Version } from "./version.ts";

/** The lanes of an upgrade, and what is asked of each. */
const OPERATIONS = {
  openai: "text-to-image",
  stability: "text-to-image",
  recraft: "text-to-image",
  flux: "image-to-image",
  tripo: "text-to-model",
} as const;

export type Provider = keyof typeof OPERATIONS;

/** Until what goes on has ended: the slowest work, a lease and a retry. */
const PATIENCE_SECONDS = 60;

const ENDS = ["complete", "failed", "canceled"];

interface NamedTask {
  readonly id: string;
  readonly request: AppRequest;
  readonly prompt: string;
}

/** Tasks of one user by their names, on a stack whose providers are simulated. */
export class Scene {
  readonly stack: FaultStack;
  readonly token: string;
  readonly #picture: string;
  readonly #patienceSeconds: number;
  readonly #providers: SimulatorControl;
  readonly #tasks = new Map<string, NamedTask>();

  private constructor(
    stack: FaultStack,
    token: string,
    picture: string,
    patienceSeconds: number,
  ) {
    this.stack = stack;
    this.token = token;
    this.#picture = picture;
    this.#patienceSeconds = patienceSeconds;
    this.#providers = new SimulatorControl(stack.ports.simulators);
  }

  /** @param patienceSeconds How long to wait for what must happen. */
  static async create(stack: FaultStack, patienceSeconds = PATIENCE_SECONDS): Promise<Scene> {
    const supabase = createClient(stack.projectUrl, stack.secrets.publishableKey, {
      auth: { persistSession: false, autoRefreshToken: false },
    });
    const { data, error } = await supabase.auth.signInWithPassword(SEED.users[0]);
    if (error) throw error;
    const picture = await storePicture(stack, data.user.id, "picture.png");
    return new Scene(stack, data.session.access_token, picture, patienceSeconds);
  }

  /** Submits a task under a name that is its own. */
  async submit(version: Version, name: string, provider: Provider): Promise<void> {
    const prompt = `${name} ${crypto.randomUUID()}`;
    const body = {
      task_id: prompt,
      provider,
      prompt,
      ...(provider === "flux" && { input_image_asset_url: this.#picture }),
    };
    const request = { operation: OPERATIONS[provider], body };
    this.#tasks.set(name, { id: await version.submit(request), request, prompt });
  }

  /** The same, and the provider does so with its call. */
  async submitWith(
    fault: { readonly kind: FaultKind; readonly latency_ms?: number },
    version: Version,
    name: string,
    provider: Provider,
  ): Promise<void> {
    await this.#providers.order({ provider, times: 1, ...fault });
    await this.submit(version, name, provider);
  }

  /** Sends the request of a task again; returns the id that it is answered with. */
  async submitAgain(version: Version, name: string): Promise<string> {
    return await version.submit(this.#find(name).request);
  }

  idOf(name: string): string {
    return this.#find(name).id;
  }

  get names(): readonly string[] {
    return [...this.#tasks.keys()];
  }

  async makeDue(name: string): Promise<void> {
    await makeDue(this.stack.sql, this.idOf(name));
  }

  async pause(...lanes: readonly Provider[]): Promise<void> {
    for (const lane of lanes) await this.stack.sql`select private.pause_by_hand(${lane})`;
  }

  async waitForPurchase(name: string): Promise<void> {
    await waitUntil(`a purchase for ${name}`, async () => (await this.#countPurchases(name)) > 0);
  }

  async waitFor(stages: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, stage] of Object.entries(stages)) {
      await waitUntil(`${name} to be ${stage}`, async () => {
        const now = await this.#readStage(name);
        if (now !== stage && ENDS.includes(now)) throw new Error(`${name} is ${now}, not ${stage}`);
        return now === stage;
      }, this.#patienceSeconds);
    }
  }

  /** Where each task is on its way. */
  async readStages(): Promise<Record<string, string>> {
    return await this.#ofAll((name) => this.#readStage(name));
  }

  /** Waits for the end of all, and returns what has become of each: its state, its calls, its price. */
  async readEnds(): Promise<Record<string, string>> {
    await waitUntil("the end of all tasks", async () => {
      const rows = await this.stack.sql`
        select from public.tasks where finished_at is null or winds_down
      `;
      return rows.length === 0;
    }, this.#patienceSeconds);
    return await this.#ofAll(async (name) => {
      const [row] = await this.stack.sql<{ end: string }[]>`
        select concat_ws(
          ' ', status, error_code, array(
            select coalesce(outcome, 'under way') from private.provider_calls
            where task_id = tasks.id order by attempt
          )::text
        ) as end
        from public.tasks where id = ${this.idOf(name)}
      `;
      return `${row?.end}, bought ${await this.#countPurchases(name)}`;
    });
  }

  async #ofAll(read: (name: string) => Promise<string>): Promise<Record<string, string>> {
    const entries = this.names.map(async (name) => [name, await read(name)] as const);
    return Object.fromEntries(await Promise.all(entries));
  }

  async #readStage(name: string): Promise<string> {
    return await stageOf(this.stack.sql, this.idOf(name));
  }

  async #countPurchases(name: string): Promise<number> {
    const { prompt } = this.#find(name);
    const purchases = await this.#providers.read();
    return purchases.filter(({ request }) => request["prompt"] === prompt).length;
  }

  #find(name: string): NamedTask {
    const task = this.#tasks.get(name);
    if (!task) throw new Error(`No task is named ${name}`);
    return task;
  }
}

async function stageOf(sql: postgres.Sql, id: string): Promise<string> {
  const [row] = await sql<{ stage: string }[]>`
    select
      case
        when winds_down then 'winding down'
        when finished_at is not null then status
        when handle is not null then 'accepted'
        when lost_at is not null then 'lost'
        when lease_expires_at is not null then 'claimed'
        when failed_attempts > 0 then 'retrying'
        else status
      end as stage
    from public.tasks where id = ${id}
  `;
  return row?.stage ?? "not there";
}
