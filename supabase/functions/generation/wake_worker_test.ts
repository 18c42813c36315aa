import assert from "node:assert/strict";
import { type RecordedLog, recordLog } from "../../../testing/recorded_log.ts";
import { closedUrl, withServer } from "../../../testing/serve.ts";
import { createWakeWorker } from "./wake_worker.ts";

/** Closes the connection, or the Deno of the platform waits for it for as long as it is kept. */
function heard(): Response {
  return new Response("{}", { status: 202, headers: { connection: "close" } });
}

/** Rings once and waits until that is over. */
async function ring(workerUrl: string, region?: string): Promise<RecordedLog["lines"]> {
  const { log, lines } = recordLog();
  const rung: Promise<void>[] = [];
  const waitUntil = (work: Promise<void>): void => void rung.push(work);
  createWakeWorker({ workerUrl, secret: "secret", region, log, waitUntil })();
  await Promise.all(rung);
  return lines;
}

Deno.test("the worker is called with its secret", async () => {
  const received: (string | null)[] = [];
  const handle = ({ method, headers }: Request): Response => {
    received.push(method, headers.get("apikey"));
    return heard();
  };
  await withServer(handle, async (address) => assert.deepEqual(await ring(address), []));
  assert.deepEqual(received, ["POST", "secret"]);
});

Deno.test("a worker is asked to run beside the database, where that is known", async () => {
  const regions: (string | null)[] = [];
  const handle = ({ headers }: Request): Response => {
    regions.push(headers.get("x-region"));
    return heard();
  };
  await withServer(handle, async (address) => {
    await ring(address, "eu-central-1");
    await ring(address);
  });
  assert.deepEqual(regions, ["eu-central-1", null]);
});

Deno.test("a worker that does not answer well is a warning and no error", async () => {
  await withServer(
    () => new Response("", { status: 401 }),
    async (address) => {
      const [line] = await ring(address);
      assert.deepEqual([line?.["level"], line?.["status"]], ["warn", 401]);
    },
  );
  const [line] = await ring(closedUrl());
  assert.equal(line?.["level"], "warn");
});

interface Bell {
  wake(): void;
  /** How often the worker was called. */
  calls(): number;
  /** Resolves as soon as the worker is called once more than before. */
  nextCall(): Promise<void>;
  /** Ends the window that is open. */
  endWindow(): void;
  isOver(): Promise<unknown>;
}

/** A bell whose windows end when the test says so. */
async function withBell(
  work: (bell: Bell) => Promise<void>,
  answer: () => Response | Promise<Response> = heard,
): Promise<void> {
  let calls = 0;
  let called = Promise.withResolvers<void>();
  const windows: (() => void)[] = [];
  const rung: Promise<void>[] = [];
  const handle = (): Response | Promise<Response> => {
    calls++;
    called.resolve();
    called = Promise.withResolvers();
    return answer();
  };
  await withServer(handle, async (workerUrl) => {
    const wake = createWakeWorker({
      workerUrl,
      secret: "secret",
      log: recordLog().log,
      waitUntil: (work) => void rung.push(work),
      sleep: () => new Promise<void>((resolve) => void windows.push(resolve)),
    });
    await work({
      wake,
      calls: () => calls,
      nextCall: () => called.promise,
      endWindow: () => windows.shift()?.(),
      isOver: () => Promise.all(rung),
    });
  });
}

Deno.test("many submits at once are two calls: one for the first, one for all others", async () => {
  await withBell(async (bell) => {
    const first = bell.nextCall();
    for (let submits = 0; submits < 64; submits++) bell.wake();
    await first;
    assert.equal(bell.calls(), 1, "the first is heard at once");

    const second = bell.nextCall();
    bell.endWindow();
    await second;
    bell.endWindow();
    await bell.isOver();
    assert.equal(bell.calls(), 2);
  });
});

Deno.test("a submit after a call is heard, too, in the same window or later", async () => {
  await withBell(async (bell) => {
    const first = bell.nextCall();
    bell.wake();
    await first;
    bell.wake();
    const second = bell.nextCall();
    bell.endWindow();
    await second;
    bell.endWindow();
    await bell.isOver();

    const third = bell.nextCall();
    bell.wake();
    await third;
    bell.endWindow();
    await bell.isOver();
    assert.equal(bell.calls(), 3);
  });
});

Deno.test("a call that hangs does not hold up the next", async () => {
  const hanging = Promise.withResolvers<void>();
  await withBell(async (bell) => {
    const first = bell.nextCall();
    bell.wake();
    await first;
    const second = bell.nextCall();
    bell.wake();
    bell.endWindow();
    await second;
    assert.equal(bell.calls(), 2);
    bell.endWindow();
    hanging.resolve();
    await bell.isOver();
  }, () => hanging.promise.then(heard));
});
