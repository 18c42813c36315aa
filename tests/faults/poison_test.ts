import assert from "node:assert/strict";
import type { IsolatePool } from "../../tools/local/stack/isolates/isolate_pool.ts";
import { startWorkerIsolates } from "../support/isolates.ts";
import { testPorts } from "../support/test_ports.ts";
import { waitUntil } from "../support/wait_until.ts";
import { type FaultStack, startFaultStack, storePicture, wakeWorker } from "./fault_stack.ts";
import type { Proxy } from "./http_proxy.ts";
import { SimulatorControl } from "./simulator_control.ts";
import { ownerOfPort } from "./socket_owner.ts";
import { readFacts, type Request, submitTask, type TaskFacts } from "./tasks.ts";

const USER_ID = "00000000-0000-4000-8000-000000000001";
const POISON = "poison.png";
/** So long that what is under way is so when the poison comes. */
const SLOW_MILLISECONDS = 15_000;
/** Of the inputs of two, only those of one fit a worker. */
const INPUT_BYTES = 10_000_000;

/** How many there are of each kind of innocent task. */
const INNOCENT = { synchronous: 10, accepted: 5, waiting: 5 };

Deno.test("a task that kills its worker ends as poison, and no other one with it", async () => {
  const stack = await startFaultStack({ port: testPorts.poison, latencyMs: 0 });
  const kills: number[] = [];
  const pools: IsolatePool[] = [];
  const storage = startDeadlyStorage(stack, async (port) => {
    const pid = await waitUntil(
      "whom to kill",
      () => Promise.resolve(ownerOfPort(port, pools.flatMap(({ pids }) => pids))),
    );
    kills.push(pid);
    Deno.kill(pid, "SIGKILL");
  });
  const pool = await startWorkerIsolates(
    { ...stack, ports: { ...stack.ports, gateway: storage.port } },
    { port: stack.ports.worker + 1, settings: { PUBLIC_SUPABASE_URL: stack.projectUrl } },
  );
  pools.push(pool);
  const timer = setInterval(() => {
    wakeWorker(stack, stack.ports.worker + 1).catch(() => {});
  }, 500);
  try {
    await check(stack, kills);
  } finally {
    clearInterval(timer);
    await pool.stop();
    await storage.stop();
    await stack.stop();
  }
});

/** Storage, but for one file: whoever asks for it dies. */
function startDeadlyStorage(
  { ports }: FaultStack,
  kill: (port: number) => Promise<void>,
): Proxy {
  // Those who died never hear of the end.
  const end = new AbortController();
  const { signal } = end;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, signal, onListen: () => {} }, (
    request,
    { remoteAddr },
  ) => {
    const { pathname, search } = new URL(request.url);
    if (request.method === "GET" && pathname.endsWith(POISON)) {
      return kill(remoteAddr.port).then(() => new Promise<Response>(() => {}));
    }
    return fetch(`http://127.0.0.1:${ports.gateway}${pathname}${search}`, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      redirect: "manual",
    }).catch(() => new Response(null, { status: 502 }));
  });
  return { port: server.addr.port, stop: () => Promise.resolve(end.abort()) };
}

async function check(stack: FaultStack, kills: readonly number[]): Promise<void> {
  const { sql, ports } = stack;
  const ledger = new SimulatorControl(ports.simulators);
  await sql`update private.lanes set max_in_flight = 100, results_per_minute = null`;
  const order = (provider: string, times: number): Promise<void> =>
    ledger.order({ provider, kind: "slow", times, latency_ms: SLOW_MILLISECONDS });
  await order("stability", INNOCENT.synchronous);
  await order("tripo", INNOCENT.accepted);
  await order("recraft", INNOCENT.waiting);
  const picture = await storePicture(stack, USER_ID, "innocent.png");
  const poison = await storePicture(stack, USER_ID, POISON);

  const innocents = {
    synchronous: await submitMany(stack, INNOCENT.synchronous, {
      provider: "stability",
      operation: "text-to-image",
      output: "image",
    }),
    accepted: await submitMany(stack, INNOCENT.accepted, {
      provider: "tripo",
      operation: "text-to-model",
      output: "model",
    }),
    waiting: await submitMany(stack, INNOCENT.waiting, {
      provider: "recraft",
      operation: "remove-background",
      output: "image",
      parameters: { input_image_asset_url: picture },
      inputBytes: INPUT_BYTES,
    }),
  };
  await waitUntil("all that can be under way", async () => {
    const calls = await ledger.read();
    return calls.length === INNOCENT.synchronous + INNOCENT.accepted + 1;
  }, 60);
  const [killer = ""] = await submitMany(stack, 1, {
    provider: "stability",
    operation: "remove-background",
    output: "image",
    parameters: { input_image_asset_url: poison },
  });

  const [end] = await readEnds(stack, [killer]);
  assert.deepEqual([end?.status, end?.errorCode], ["failed", "internal"]);
  assert.deepEqual(new Set(end?.calls), new Set(["failed"]), "it was never paid for");
  assert.equal(kills.length, 4, "once with others, three times alone");

  const { synchronous, accepted, waiting } = {
    synchronous: await readEnds(stack, innocents.synchronous),
    accepted: await readEnds(stack, innocents.accepted),
    waiting: await readEnds(stack, innocents.waiting),
  };
  for (const { status } of [...synchronous, ...accepted, ...waiting]) {
    assert.equal(status, "complete");
  }
  for (const { calls } of accepted) assert.deepEqual(calls, ["succeeded"]);
  const again = [...synchronous, ...waiting].filter(({ calls }) => calls.includes("ambiguous"));
  for (const { calls } of [...synchronous, ...waiting]) {
    // One whose worker died before it was sent has failed, as is checked below.
    const sent = calls.filter((state) => state !== "failed");
    const isAgain = calls.includes("ambiguous");
    assert.deepEqual(sent, isAgain ? ["ambiguous", "succeeded"] : ["succeeded"]);
  }
  assert.ok(again.length <= INNOCENT.synchronous + 1, "only what was under way is bought again");
  const sentAndFailed = await sql`
    select from private.provider_calls where outcome = 'failed' and sent_at is not null
  `;
  assert.equal(sentAndFailed.length, 0, "no call that was sent has failed");
  const innocent = INNOCENT.synchronous + INNOCENT.accepted + INNOCENT.waiting;
  assert.equal((await ledger.read()).length, innocent + again.length, "what was bought");
}

async function submitMany(
  { sql }: FaultStack,
  count: number,
  request: Omit<Request, "userId" | "clientTaskId" | "timeLimitSeconds" | "parameters"> & {
    readonly parameters?: Request["parameters"];
  },
): Promise<string[]> {
  return await Promise.all(Array.from({ length: count }, () => {
    const clientTaskId = crypto.randomUUID();
    return submitTask(sql, {
      parameters: { prompt: clientTaskId },
      ...request,
      userId: USER_ID,
      clientTaskId,
      timeLimitSeconds: 600,
    });
  }));
}

async function readEnds({ sql }: FaultStack, ids: readonly string[]): Promise<TaskFacts[]> {
  return await waitUntil("the end of tasks", async () => {
    const facts = await Promise.all(ids.map((id) => readFacts(sql, id)));
    return facts.every(({ status }) => !["pending", "processing"].includes(status)) && facts;
  }, 180);
}
