import assert from "node:assert/strict";
import { Batch, type BatchCalls } from "./batch.ts";

interface Request {
  readonly keys: readonly string[];
  readonly signal: AbortSignal;
  readonly answer: PromiseWithResolvers<(key: string) => string>;
}

/** A batch whose moments end, and whose requests are answered, when the test says so. */
class Setup {
  readonly requests: Request[] = [];
  readonly singles: string[] = [];
  readonly batch: Batch<string>;
  #moments: PromiseWithResolvers<void>[] = [];

  constructor(maxKeys = 100) {
    const calls: BatchCalls<string> = {
      one: (key, signal) => {
        this.singles.push(key);
        return this.#request([key], signal).then((answerTo) => answerTo(key));
      },
      many: (keys, signal) => this.#request(keys, signal),
    };
    const gather = (): Promise<void> => {
      const moment = Promise.withResolvers<void>();
      this.#moments.push(moment);
      return moment.promise;
    };
    this.batch = new Batch(calls, { maxKeys, gather });
  }

  #request(keys: readonly string[], signal: AbortSignal): Request["answer"]["promise"] {
    const answer = Promise.withResolvers<(key: string) => string>();
    signal.addEventListener("abort", () => answer.reject(signal.reason));
    this.requests.push({ keys, signal, answer });
    return answer.promise;
  }

  ask(...keys: string[]): Promise<string>[] {
    return keys.map((key) => this.batch.ask(key, new AbortController().signal));
  }

  /** The moment is over; what was asked for in it is on its way. */
  async send(): Promise<void> {
    for (const { resolve } of this.#moments.splice(0)) resolve();
    await Promise.resolve();
    await Promise.resolve();
  }

  /** Answers the request of that number. */
  answer(number: number, answerTo: (key: string) => string = (key) => `answer to ${key}`): void {
    this.requests[number]?.answer.resolve(answerTo);
  }

  get asked(): readonly (readonly string[])[] {
    return this.requests.map(({ keys }) => keys);
  }
}

Deno.test("what is asked for alone is asked for alone", async () => {
  const setup = new Setup();
  const [asked] = setup.ask("a");
  assert.deepEqual(setup.asked, []);
  await setup.send();
  setup.answer(0);
  assert.equal(await asked, "answer to a");
  assert.deepEqual(setup.singles, ["a"]);
});

Deno.test("what is asked for in one moment is one request, which names each once", async () => {
  const setup = new Setup();
  const asked = setup.ask("a", "b", "a", "c");
  await setup.send();
  setup.answer(0);
  const answers = ["answer to a", "answer to b", "answer to a", "answer to c"];
  assert.deepEqual(await Promise.all(asked), answers);
  assert.deepEqual(setup.asked, [["a", "b", "c"]]);
  assert.deepEqual(setup.singles, []);
});

Deno.test("the same, asked for twice in one moment, is asked for alone", async () => {
  const setup = new Setup();
  const asked = setup.ask("a", "a");
  await setup.send();
  setup.answer(0);
  assert.deepEqual(await Promise.all(asked), ["answer to a", "answer to a"]);
  assert.deepEqual(setup.singles, ["a"]);
});

Deno.test("what is asked for later is another request, even if it is the same", async () => {
  const setup = new Setup();
  const first = setup.ask("a", "b");
  await setup.send();
  const second = setup.ask("a", "c");
  await setup.send();
  setup.answer(1, (key) => `new ${key}`);
  setup.answer(0, (key) => `old ${key}`);
  assert.deepEqual(await Promise.all([...first, ...second]), ["old a", "old b", "new a", "new c"]);
  assert.deepEqual(setup.asked, [["a", "b"], ["a", "c"]]);
});

Deno.test("a request asks for no more than the provider takes", async () => {
  const setup = new Setup(3);
  const asked = setup.ask("a", "b", "b", "c", "d", "e");
  await setup.send();
  setup.answer(0);
  setup.answer(1);
  await Promise.all(asked);
  assert.deepEqual(setup.asked, [["a", "b", "c"], ["d", "e"]]);
});

Deno.test("a request that fails is the failure of all in it, and of no other", async () => {
  const setup = new Setup();
  const lost = Promise.allSettled(setup.ask("a", "b"));
  await setup.send();
  const others = setup.ask("a", "b");
  await setup.send();
  const error = new Error("Away");
  setup.requests[0]?.answer.reject(error);
  setup.answer(1);
  assert.deepEqual(
    await lost,
    [{ status: "rejected", reason: error }, { status: "rejected", reason: error }],
  );
  assert.deepEqual(await Promise.all(others), ["answer to a", "answer to b"]);
});

Deno.test("one that has no answer fails alone", async () => {
  const setup = new Setup();
  const asked = setup.ask("a", "b");
  await setup.send();
  const error = new Error("None");
  setup.answer(0, (key) => {
    if (key === "a") throw error;
    return key;
  });
  assert.deepEqual(await Promise.allSettled(asked), [
    { status: "rejected", reason: error },
    { status: "fulfilled", value: "b" },
  ]);
});

Deno.test("who gives up gives up alone, and the last ends the request", async (t) => {
  await t.step("before it goes out", async () => {
    const setup = new Setup();
    const lost = new AbortController();
    const given = assert.rejects(setup.batch.ask("a", lost.signal), { name: "AbortError" });
    const others = setup.ask("b", "c");
    lost.abort();
    await given;
    await setup.send();
    setup.answer(0);
    assert.deepEqual(await Promise.all(others), ["answer to b", "answer to c"]);
    assert.deepEqual(setup.asked, [["b", "c"]]);
  });
  await t.step("when nobody is left before it goes out", async () => {
    const setup = new Setup();
    const lost = new AbortController();
    const given = assert.rejects(setup.batch.ask("a", lost.signal), { name: "AbortError" });
    lost.abort();
    await given;
    await setup.send();
    assert.deepEqual(setup.asked, []);
  });
  await t.step("under way", async () => {
    const setup = new Setup();
    const lost = [new AbortController(), new AbortController()];
    const given = lost.map(({ signal }, index) =>
      assert.rejects(setup.batch.ask(`task ${index}`, signal), { name: "AbortError" })
    );
    await setup.send();
    const [request] = setup.requests;
    lost[0]?.abort();
    await given[0];
    assert.equal(request?.signal.aborted, false);
    lost[1]?.abort();
    await given[1];
    assert.equal(request?.signal.aborted, true);
  });
  await t.step("of the same", async () => {
    const setup = new Setup();
    const lost = new AbortController();
    const given = assert.rejects(setup.batch.ask("a", lost.signal), { name: "AbortError" });
    const [other] = setup.ask("a");
    await setup.send();
    lost.abort();
    await given;
    setup.answer(0);
    assert.equal(await other, "answer to a");
  });
  await t.step("at once", async () => {
    const setup = new Setup();
    await assert.rejects(setup.batch.ask("a", AbortSignal.abort()), { name: "AbortError" });
    await setup.send();
    assert.deepEqual(setup.asked, []);
  });
});
