import assert from "node:assert/strict";
import { within } from "../../../../shared/within.ts";
import { withSample } from "./testing.ts";

/** More than a stop may take. */
const LIMIT_MILLISECONDS = 30_000;

Deno.test("an isolate without work goes on taking requests, as many at once as come", async () => {
  await withSample({}, async ({ pool, ask }) => {
    const answers = await Promise.all([ask("wait/0.2"), ask("wait/0.2"), ask("")]);
    assert.equal(new Set(answers.map(({ pid }) => pid)).size, 1);
    assert.equal(pool.spawned, 1);
  });
});

Deno.test("where an isolate takes one request at a time, others get isolates of their own", async () => {
  await withSample({ requests: "one" }, async ({ pool, ask }) => {
    // Longer than three isolates take to start on a busy machine.
    const answers = await Promise.all([ask("wait/5"), ask("wait/5"), ask("wait/5")]);
    assert.equal(new Set(answers.map(({ pid }) => pid)).size, 3);
    const [next] = await Promise.all([ask("")]);
    assert.ok(answers.some(({ pid }) => pid === next?.pid));
    assert.equal(pool.spawned, 3);
  });
});

Deno.test("after half of its life an isolate finishes what it has, and the next request gets a fresh one", async () => {
  await withSample({ lifeSeconds: 3 }, async ({ pool, ask, ends }) => {
    const [old, next] = await Promise.all([
      ask("wait/2"),
      // Answered when half of the life is over.
      ask("wait/1.7").then(() => ask("")),
    ]);
    assert.equal(old.status, 200);
    assert.notEqual(next.pid, old.pid);
    const [end] = await ends(1);
    assert.deepEqual([end?.pid, end?.reason, end?.requests], [old.pid, "early_drop", 2]);
    assert.equal(pool.spawned, 2);
  });
});

Deno.test("what an isolate has open at the end of its life is answered 546, after it was told", async () => {
  await withSample({ lifeSeconds: 1 }, async ({ ask, ends, readLog }) => {
    const { status, body } = await ask("wait/60");
    assert.deepEqual([status, body.code], [546, "WORKER_RESOURCE_LIMIT"]);
    const [end] = await ends(1);
    assert.deepEqual([end?.reason, end?.openRequests], ["wall_clock", 1]);
    const log = await readLog();
    assert.match(log, /"event":"told","reason":"wall_clock"/);
    assert.match(log, /"level":"error","event":"isolate ended".*"reason":"wall_clock"/);
  });
});

Deno.test("work after the answer keeps an isolate, to the end of its life and no longer", async () => {
  await withSample({ lifeSeconds: 2, idleSeconds: 0.1 }, async ({ ask, ends }) => {
    await ask("background/0.5");
    await ask("background/60");
    const [end] = await ends(1);
    assert.deepEqual([end?.reason, end?.openRequests, end?.pendingPromises], ["wall_clock", 0, 1]);
  });
});

Deno.test("what is killed is lost, and the next request gets a fresh isolate", async () => {
  await withSample({}, async ({ pool, ask, ends }) => {
    const [lost, killed] = await Promise.all([
      ask("wait/60"),
      // Once the request is there.
      ask("").then(() => pool.kill()),
    ]);
    assert.deepEqual([lost.status, lost.body.code, killed], [500, "WORKER_ERROR", 1]);
    const [end] = await ends(1);
    assert.deepEqual([end?.reason, end?.openRequests], ["crash", 1]);
    assert.equal(pool.kill(), 0);
    const next = await ask("");
    assert.deepEqual([next.status, next.pid === lost.pid], [200, false]);
  });
});

Deno.test("a pool stops although somebody has sent half a request", async () => {
  await withSample({}, async ({ pool, port }) => {
    using connection = await Deno.connect({ hostname: "127.0.0.1", port });
    const headers = "Host: sample\r\nContent-Length: 10\r\nExpect: 100-continue\r\n";
    await connection.write(new TextEncoder().encode(`POST / HTTP/1.1\r\n${headers}\r\nhalf`));
    // Said when the body is read.
    assert.match(await readText(connection), /^HTTP\/1.1 100 /);
    await within(LIMIT_MILLISECONDS, "end of the pool", pool.stop());
  });
});

async function readText(connection: Deno.Conn): Promise<string> {
  const memory = new Uint8Array(100);
  const count = await connection.read(memory);
  return new TextDecoder().decode(memory.subarray(0, count ?? 0));
}

Deno.test("an isolate without work ends early, and is told so", async () => {
  await withSample({ idleSeconds: 0.3 }, async ({ ask, ends, readLog }) => {
    const { pid } = await ask("");
    assert.deepEqual((await ends(1)).map((end) => [end.pid, end.reason]), [[pid, "early_drop"]]);
    assert.match(await readLog(), /"event":"told","reason":"early_drop"/);
    assert.notEqual((await ask("")).pid, pid);
  });
});

Deno.test("an isolate is killed at its limit of processor time, which adds up over its requests", async () => {
  await withSample({ processorSeconds: 0.8 }, async ({ ask, ends }) => {
    const first = await ask("work/0.2");
    const second = await ask("work/60");
    assert.equal(first.status, 200);
    assert.equal(second.status, 546);
    const [end] = await ends(1);
    assert.deepEqual([end?.pid, end?.reason, end?.requests], [first.pid, "cpu", 2]);
  });
});

Deno.test("after half of its processor time an isolate gets no request", async () => {
  await withSample({ processorSeconds: 1 }, async ({ ask, ends }) => {
    const first = await ask("work/0.6");
    await ends(1);
    assert.notEqual((await ask("")).pid, first.pid);
  });
});

Deno.test("an isolate of more memory than it may have is killed, whatever it is waiting for", async () => {
  await withSample({ memoryBytes: 120_000_000 }, async ({ ask, ends }) => {
    const { pid } = await ask("background/60");
    await ask("keep/150000000");
    const [end] = await ends(1);
    assert.deepEqual([end?.pid, end?.reason, end?.pendingPromises], [pid, "memory", 1]);
    assert.notEqual((await ask("")).pid, pid);
  });
});

Deno.test("an isolate that crashes is replaced at the next request", async () => {
  await withSample({}, async ({ ask, ends }) => {
    const { status, body } = await ask("crash");
    assert.deepEqual([status, body.code], [500, "WORKER_ERROR"]);
    assert.equal((await ends(1))[0]?.reason, "crash");
    assert.equal((await ask("")).status, 200);
  });
});

Deno.test("a stop tells the isolates, and leaves none", async () => {
  await withSample({}, async ({ pool, ask, ends, readLog }) => {
    await ask("background/60");
    await pool.stop();
    assert.equal((await ends(1))[0]?.reason, "termination");
    assert.match(await readLog(), /"event":"told","reason":"termination"/);
    assert.deepEqual(pool.pids, []);
  });
});
