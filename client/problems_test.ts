import assert from "node:assert/strict";
import { CanceledError, type MakeIt3DError, RefusedError } from "./errors.ts";
import { type Answer, fakeBackend, inTurn, noNetwork, refusal, status } from "./testing.ts";

const REQUEST = { provider: "openai", prompt: "A red cube" } as const;

const accepted = (): Response =>
  Response.json({ celery_task_id: "id-1", warnings: [] }, { status: 202 });
const complete = (): Response => status({ status: "complete", version: 9 });
/** What the backend answers while the operator has paused new requests. */
const paused = (): Response => refusal("unavailable", 503, { "retry-after": "60" });

type Problem = MakeIt3DError | undefined;

/** What `onProblem` was called with, as one word each. */
function listener(): { readonly told: string[]; readonly onProblem: (problem: Problem) => void } {
  const told: string[] = [];
  return { told, onProblem: (problem) => told.push(problem?.code ?? "over") };
}

Deno.test("a submit says that new requests are paused, with what the backend says, and when it is over", async () => {
  const problems: Problem[] = [];
  const { client } = fakeBackend(inTurn(paused, paused, accepted));
  const onProblem = (problem: Problem): void => void problems.push(problem);
  const { id } = await client.submit("text-to-image", REQUEST, { onProblem });
  assert.equal(id, "id-1");
  const [first, second, last, ...more] = problems;
  for (const problem of [first, second]) {
    assert.ok(problem instanceof RefusedError);
    const { message, code, retryAfterSeconds } = problem;
    assert.deepEqual([message, code, retryAfterSeconds], ["No: unavailable", "unavailable", 60]);
  }
  assert.deepEqual([last, more], [undefined, []]);
});

Deno.test("generate, estimate and upload say what is in their way, and nothing where nothing is", async (t) => {
  const dryRun = (): Response => Response.json({ dry_run: true, warnings: [] });
  const stored = (): Response => Response.json({});
  type Options = { readonly onProblem: (problem: Problem) => void };
  type Client = ReturnType<typeof fakeBackend>["client"];
  const calls: Record<string, [Answer[], (client: Client, options: Options) => Promise<unknown>]> =
    {
      generate: [
        [accepted, complete],
        (client, options) => client.generate("text-to-image", REQUEST, options),
      ],
      estimate: [[dryRun], (client, options) => client.estimate("text-to-image", REQUEST, options)],
      upload: [[stored], (client, options) => client.upload(new Blob(["x"]), options)],
    };
  for (const [name, [answers, call]] of Object.entries(calls)) {
    await t.step(name, async () => {
      const one = listener();
      await call(fakeBackend(inTurn(noNetwork, paused, ...answers)).client, one);
      assert.deepEqual(one.told, ["network", "unavailable", "over"]);
      const other = listener();
      await call(fakeBackend(inTurn(...answers)).client, other);
      assert.deepEqual(other.told, []);
    });
  }
});

Deno.test("generate says what is in the way of its reads, but not what ends them", async () => {
  const gone = (): Response => refusal("not_found", 404);
  for (const [last, code] of [[complete, "complete"], [gone, "not_found"]] as const) {
    const { told, onProblem } = listener();
    const { client } = fakeBackend(inTurn(accepted, noNetwork, last));
    const ended = await client.generate("text-to-image", REQUEST, { onProblem })
      .then(({ status }) => status, (error: MakeIt3DError) => error.code);
    assert.equal(ended, code);
    assert.deepEqual(told, ["network", "over"]);
  }
});

Deno.test("it is over as well when it is given up, and the error says the same", async () => {
  const { told, onProblem } = listener();
  const { client, asked } = fakeBackend(paused);
  const work = client.submit("text-to-image", REQUEST, { onProblem });
  await assert.rejects(work, { code: "unavailable" });
  assert.equal(asked.length, 10);
  assert.deepEqual(told, [...Array<string>(9).fill("unavailable"), "over"]);
});

Deno.test("of several uploads it is over when it is over for all", async () => {
  const failures = new Map<string, number>();
  const { client } = fakeBackend(({ path }) => {
    if (!path.startsWith("/storage/")) return Response.json({ dry_run: true, warnings: [] });
    const failed = failures.get(path) ?? 0;
    failures.set(path, failed + 1);
    // The second one has trouble for longer.
    return failed < failures.size ? noNetwork() : Response.json({});
  });
  const { told, onProblem } = listener();
  const images = [new Blob(["x"]), new Blob(["y"])];
  await client.estimate("image-to-model", { provider: "tripo", images }, { onProblem });
  assert.equal(told.indexOf("over"), told.length - 1, told.join());
  assert.ok(told.length > 3);
});

Deno.test("a generation that is resumed has as its problem what keeps it from being accepted", async () => {
  const first = fakeBackend(noNetwork);
  await first.client.submit("text-to-image", REQUEST).catch(() => {});
  const second = fakeBackend(inTurn(paused, accepted, complete), first.storage);
  const [generation] = await second.client.resume();
  assert.ok(generation);
  const seen: (string | undefined)[] = [];
  generation.subscribe(() => seen.push(generation.problem?.code ?? generation.task?.status));
  await generation.result();
  assert.deepEqual(seen, ["unavailable", undefined, "complete"]);
});

Deno.test("an abort while new requests are paused buys nothing, and sends nothing any more", async () => {
  for (const call of ["submit", "generate"] as const) {
    const abort = new AbortController();
    const { client, asked, storage } = fakeBackend(inTurn(paused, accepted));
    const options = { signal: abort.signal, onProblem: () => abort.abort() };
    await assert.rejects(client[call]("text-to-image", REQUEST, options), (error) => {
      assert.ok(error instanceof CanceledError);
      assert.equal(error.billed, "no");
      return true;
    });
    assert.deepEqual(asked.map(({ method }) => method), ["POST"]);
    assert.deepEqual(await client.resume(), []);
    assert.equal(await storage.getItem("makeit3d:ref.supabase.co:user-1"), null);
  }
});

Deno.test("an abort after a lost answer asks whether it was accepted, and cancels it", async (t) => {
  for (const isAccepted of [true, false]) {
    await t.step(`accepted: ${isAccepted}`, async () => {
      const abort = new AbortController();
      const found = (): Response =>
        Response.json({ dry_run: true, ...(isAccepted && { celery_task_id: "id-1" }) });
      const canceled = (): Response => Response.json({ billed: "maybe" });
      const { client, asked } = fakeBackend(inTurn(noNetwork, found, canceled));
      const options = { signal: abort.signal, onProblem: () => abort.abort() };
      await assert.rejects(client.submit("text-to-image", REQUEST, options), (error) => {
        assert.ok(error instanceof CanceledError);
        assert.equal(error.billed, isAccepted ? "maybe" : "no");
        return true;
      });
      assert.deepEqual(asked.map(({ method, path }) => `${method} ${path}`), [
        "POST generation/text-to-image",
        "POST generation/text-to-image?dry_run=true",
        ...(isAccepted ? ["DELETE tasks/id-1"] : []),
      ]);
      assert.deepEqual(await client.resume(), []);
    });
  }
});
