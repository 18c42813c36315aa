import assert from "node:assert/strict";
import { closedAddress, withServer } from "../../../shared/testing/serve.ts";
import { type RecordedLog, recordLog } from "../../../shared/testing/recorded_log.ts";
import { createWakeWorker } from "./wake_worker.ts";

/** Rings once and waits until that is over. */
async function ring(workerUrl: string): Promise<RecordedLog["lines"]> {
  const { log, lines } = recordLog();
  const rung: Promise<void>[] = [];
  const waitUntil = (work: Promise<void>): void => void rung.push(work);
  createWakeWorker({ workerUrl, secret: "secret", log, waitUntil })();
  await Promise.all(rung);
  return lines;
}

Deno.test("the worker is called with its secret", async () => {
  const received: (string | null)[] = [];
  const handle = ({ method, headers }: Request): Response => {
    received.push(method, headers.get("apikey"));
    return new Response("{}", { status: 202 });
  };
  await withServer(handle, async (address) => assert.deepEqual(await ring(address), []));
  assert.deepEqual(received, ["POST", "secret"]);
});

Deno.test("a worker that does not answer well is a warning and no error", async () => {
  await withServer(
    () => new Response("", { status: 401 }),
    async (address) => {
      const [line] = await ring(address);
      assert.deepEqual([line?.["level"], line?.["status"]], ["warn", 401]);
    },
  );
  const [line] = await ring(closedAddress());
  assert.equal(line?.["level"], "warn");
});

Deno.test("many submits at once are two calls: one for the first, one for all others", async () => {
  const answer = Promise.withResolvers<void>();
  let calls = 0;
  const handle = async (): Promise<Response> => {
    calls++;
    await answer.promise;
    return new Response("{}", { status: 202 });
  };
  await withServer(handle, async (workerUrl) => {
    const rung: Promise<void>[] = [];
    const waitUntil = (work: Promise<void>): void => void rung.push(work);
    const wake = createWakeWorker({ workerUrl, secret: "secret", log: recordLog().log, waitUntil });
    for (let submits = 0; submits < 20; submits++) wake();
    answer.resolve();
    await Promise.all(rung);
    assert.equal(calls, 2);
    wake();
    await Promise.all(rung);
    assert.equal(calls, 3, "a later one is heard, too");
  });
});
