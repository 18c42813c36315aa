import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import type { Service } from "../../tools/local/stack/service.ts";
import { testPorts } from "../support/test_ports.ts";
import { waitUntil } from "../support/wait_until.ts";
import { createWorker, type FaultStack, startFaultStack, wakeWorker } from "./fault_stack.ts";
import { type OutageProxy, startOutageProxy } from "./outage_proxy.ts";
import { SimulatorControl } from "./simulator_control.ts";
import { readFacts, submitTask } from "./tasks.ts";

const CALLS = 15;
/** One that has all calls under way, and one that would like to have them. */
const WORKERS = 2;
const USER_ID = "00000000-0000-4000-8000-000000000001";

interface Scene {
  readonly stack: FaultStack;
  readonly proxy: OutageProxy;
  readonly ledger: SimulatorControl;
}

interface Outage {
  readonly seconds: number;
  /** How long the provider works on each of the calls. */
  readonly callSeconds: number;
  begin(scene: Scene): Promise<void> | void;
  end(scene: Scene): Promise<void> | void;
}

const cut: Pick<Outage, "begin" | "end"> = {
  begin: ({ proxy }) => proxy.turn("cut"),
  end: ({ proxy }) => proxy.turn("open"),
};

/** The platform does so when the disk is nearly full. */
async function setReadOnly({ stack: { sql } }: Scene, value: "on" | "off"): Promise<void> {
  await sql.unsafe(`alter system set default_transaction_read_only = ${value}`);
  await sql`select pg_reload_conf()`;
}

/** Each ends once while the provider is at it, and once after it has answered. */
const outages: Readonly<Record<string, Outage>> = {
  "away for 5 s": { seconds: 5, callSeconds: 10, ...cut },
  "away for 20 s": { seconds: 20, callSeconds: 30, ...cut },
  "away for 60 s": { seconds: 60, callSeconds: 20, ...cut },
  "read-only for 25 s": {
    seconds: 25,
    callSeconds: 10,
    begin: (scene) => setReadOnly(scene, "on"),
    end: (scene) => setReadOnly(scene, "off"),
  },
  "a black hole for 60 s": {
    seconds: 60,
    callSeconds: 40,
    begin: ({ proxy }) => proxy.turn("black hole"),
    end: ({ proxy }) => proxy.turn("open"),
  },
};

Deno.test("a database that is out of reach has nothing bought again", async (t) => {
  const stack = await startFaultStack({ port: testPorts.outages, latencyMs: 0 });
  const proxy = startOutageProxy(stack.ports.database);
  const scene = { stack, proxy, ledger: new SimulatorControl(stack.ports.simulators) };
  const workers = await startWorkers(scene);
  try {
    await stack.sql`update private.lanes set max_in_flight = 100`;
    for (const [name, outage] of Object.entries(outages)) {
      await t.step(name, () => checkOutage(scene, name, outage));
    }
  } finally {
    await workers.stop();
    await proxy.stop();
    await stack.stop();
  }
});

/** Workers that are woken all the time, as if each had something to do. */
async function startWorkers(
  { stack, proxy }: Scene,
): Promise<{ stop(): Promise<void> }> {
  const ports = Array.from({ length: WORKERS }, (_, index) => stack.ports.worker + 1 + index);
  const services: Service[] = [];
  for (const worker of ports) {
    const service = await createWorker(stack, { ...stack.ports, worker, database: proxy.port });
    await service.start();
    services.push(service);
  }
  const timer = setInterval(() => {
    for (const port of ports) wakeWorker(stack, port).catch(() => {});
  }, 500);
  return {
    async stop() {
      clearInterval(timer);
      for (const service of services) await service.stop();
    },
  };
}

async function checkOutage(scene: Scene, name: string, outage: Outage): Promise<void> {
  const { stack: { sql }, ledger } = scene;
  await ledger.clear();
  const latency_ms = outage.callSeconds * 1_000;
  await ledger.order({ provider: "stability", kind: "slow", times: 10 * CALLS, latency_ms });
  const ids: string[] = [];
  for (let call = 0; call < CALLS; call++) {
    ids.push(
      await submitTask(sql, {
        userId: USER_ID,
        clientTaskId: `${name} ${call}`,
        provider: "stability",
        operation: "text-to-image",
        output: "image",
        parameters: { prompt: `${name} ${call}` },
        timeLimitSeconds: 600,
      }),
    );
  }
  await waitUntil("all calls", async () => (await ledger.read()).length === CALLS, 60);

  await outage.begin(scene);
  await setTimeout(outage.seconds * 1_000);
  await outage.end(scene);

  const facts = await waitUntil("the end of all", async () => {
    const found = await Promise.all(ids.map((id) => readFacts(sql, id)));
    return found.every(({ status }) => !["pending", "processing"].includes(status)) && found;
  }, 90);
  assert.deepEqual(
    facts.map(({ status, calls }) => [status, ...calls]),
    ids.map(() => ["complete", "succeeded"]),
  );
  assert.equal((await ledger.read()).length, CALLS, "what was bought");
}
