import assert from "node:assert/strict";
import { orderFault } from "../../../simulators/testing.ts";
import { ODD_VALUES } from "../../../testing/odd_values.ts";
import { failureOf } from "../../../testing/provider_failures.ts";
import { withServer } from "../../../testing/serve.ts";
import {
  adapterAt,
  poll,
  running,
  submit,
  succeeded,
  withProvider,
} from "../../../testing/simulated_provider.ts";
import type { Adapter, Progress, Running } from "../adapter.ts";

const LIST = "/tripo/v3/tasks/list";

async function order(adapter: Adapter, ...prompts: readonly string[]): Promise<Running[]> {
  const ordered: Running[] = [];
  for (const prompt of prompts) {
    ordered.push(running(await submit(adapter, "text-to-model", { prompt })));
  }
  return ordered;
}

/** What a poll comes to: its state, or the code of its failure. */
function told(outcome: PromiseSettledResult<Progress>): string {
  return outcome.status === "fulfilled" ? outcome.value.state : outcome.reason.code;
}

Deno.test("polls of one moment are one request, and each has its own answer", async () => {
  await withProvider("tripo", {}, async ({ adapter, seen }) => {
    const tasks = await order(adapter, "a castle", "sim:failed-2008", "sim:unknown", "a tower");
    const before = seen.length;
    const outcomes = await Promise.allSettled(tasks.map((task) => poll(adapter, task)));
    const [first, , , last] = outcomes;
    assert.deepEqual(outcomes.map(told), [
      "succeeded",
      "content_refused",
      "provider_unavailable",
      "succeeded",
    ]);
    const asked = { method: "POST", path: LIST, carriesKey: true };
    assert.deepEqual(seen.slice(before), [asked]);

    // Each model is its own.
    assert.ok(first?.status === "fulfilled" && last?.status === "fulfilled");
    for (const [index, { value }] of [[0, first], [3, last]] as const) {
      const [output] = succeeded(value).outputs;
      const { body } = await output?.open() ?? {};
      await body?.cancel();
      assert.ok(seen.at(-1)?.path.includes(tasks[index]?.handle ?? "none"));
    }
  });
});

Deno.test("a poll alone is a request for its task", async () => {
  await withProvider("tripo", {}, async ({ adapter, seen }) => {
    const [task] = await order(adapter, "a castle");
    assert.ok(task);
    await poll(adapter, task);
    await poll(adapter, task);
    const asked = { method: "GET", path: `/tripo/v3/tasks/${task.handle}`, carriesKey: true };
    assert.deepEqual(seen.slice(1), [asked, asked]);
  });
});

Deno.test("a task that is missed is one that is not found, and no other's failure", async () => {
  await withProvider("tripo", {}, async ({ adapter }) => {
    const [task] = await order(adapter, "a castle");
    assert.ok(task);
    const gone = { handle: "gone" };
    const outcomes = await Promise.allSettled([poll(adapter, gone), poll(adapter, task)]);
    assert.deepEqual(outcomes.map(told), ["invalid_result", "succeeded"]);
    const alone = await failureOf(poll(adapter, gone));
    const [missed] = outcomes;
    assert.ok(missed.status === "rejected");
    const facts = (
      { code, final, retryable, ambiguous, endedUnbilled }: typeof alone,
    ): unknown => [code, final, retryable, ambiguous, endedUnbilled];
    assert.deepEqual(facts(missed.reason), facts(alone));
  });
});

Deno.test("what is wrong with the request is wrong with every poll in it", async (t) => {
  const faults = {
    rate_limited: "provider_rate_limited",
    server_error: "provider_unavailable",
    refused: "provider_auth",
    disconnect: "provider_unavailable",
    invalid_json: "provider_unavailable",
  } as const;
  for (const [kind, code] of Object.entries(faults)) {
    await t.step(kind, async () => {
      await withProvider("tripo", {}, async ({ app, adapter }) => {
        const tasks = await order(adapter, "a castle", "a tower");
        await orderFault(app, "tripo", { kind, operation: "poll" });
        const polls = tasks.map((task) => poll(adapter, task));
        assert.deepEqual((await Promise.allSettled(polls)).map(told), [code, code]);
        const later = tasks.map((task) => poll(adapter, task));
        assert.deepEqual((await Promise.allSettled(later)).map(told), ["succeeded", "succeeded"]);
      });
    });
  }
});

Deno.test("a poll that we end is our own cut, and the others go on", async () => {
  await withProvider("tripo", {}, async ({ adapter, seen }) => {
    const [first, second] = await order(adapter, "a castle", "a tower");
    assert.ok(first && second);
    const lost = new AbortController();
    const given = failureOf(
      adapter.poll?.(first.handle, { ageSeconds: 0, signal: lost.signal }) ?? Promise.resolve(),
    );
    const goesOn = poll(adapter, second);
    lost.abort();
    const { code, ownCut, ambiguous } = await given;
    assert.deepEqual([code, ownCut, ambiguous], ["timeout", true, false]);
    assert.equal((await goesOn).state, "succeeded");
    assert.equal(seen.at(-1)?.path, `/tripo/v3/tasks/${second.handle}`);
  });
});

Deno.test("more polls than a request may ask for are several requests", async () => {
  const sizes: number[] = [];
  const answer = async (request: Request): Promise<Response> => {
    const { task_ids } = await request.json();
    sizes.push(task_ids.length);
    const running = { status: "running", progress: 10 };
    const tasks = Object.fromEntries(task_ids.map((id: string) => [id, running]));
    return Response.json({ code: 0, data: { tasks, missed: [] } });
  };
  await withServer(answer, async (address) => {
    const adapter = adapterAt("tripo", address);
    const polls = Array.from({ length: 150 }, (_, index) => poll(adapter, { handle: `${index}` }));
    await Promise.all(polls);
  });
  assert.deepEqual(sizes.sort(), [100, 50].sort());
});

Deno.test("a list with something odd in it fails none of what can be read", async (t) => {
  const good = '{"status":"running","progress":10}';
  const bodies: Record<string, (odd: string) => string> = {
    "an entry": (odd) => `{"code":0,"data":{"tasks":{"a":${odd},"b":${good}},"missed":[]}}`,
    "its status": (odd) =>
      `{"code":0,"data":{"tasks":{"a":{"status":${odd}},"b":${good}},"missed":[]}}`,
    "what is missed": (odd) => `{"code":0,"data":{"tasks":{"b":${good}},"missed":${odd}}}`,
    "one that is missed": (odd) => `{"code":0,"data":{"tasks":{"b":${good}},"missed":[${odd}]}}`,
    "the name of an entry": () =>
      `{"code":0,"data":{"tasks":{"__proto__":${good},"b":${good}},"missed":["a"]}}`,
  };
  for (const [place, bodyOf] of Object.entries(bodies)) {
    for (const [name, odd] of Object.entries(ODD_VALUES)) {
      if (odd === undefined) continue;
      await t.step(`${place} is ${name}`, async () => {
        const answer = (): Response =>
          new Response(bodyOf(odd), { headers: { "content-type": "application/json" } });
        await withServer(answer, async (address) => {
          const adapter = adapterAt("tripo", address);
          const polls = ["a", "b"].map((handle) => poll(adapter, { handle }));
          const [a, b] = await Promise.allSettled(polls);
          assert.ok(a && b);
          assert.equal(told(b), "running");
          // Neither ends what is paid at once.
          assert.ok(["invalid_result", "provider_unavailable"].includes(told(a)), told(a));
        });
      });
    }
  }
});

Deno.test("a list that names none of them does not say that they are gone", async () => {
  const bodies = [{}, { tasks: [] }, { tasks: null, missed: null }, { tasks: {}, missed: [] }];
  for (const data of bodies) {
    await withServer(() => Response.json({ code: 0, data }), async (address) => {
      const adapter = adapterAt("tripo", address);
      const polls = ["a", "b"].map((handle) => poll(adapter, { handle }));
      const codes = (await Promise.allSettled(polls)).map(told);
      assert.deepEqual(codes, ["provider_unavailable", "provider_unavailable"]);
    });
  }
});
