import assert from "node:assert/strict";
// @ts-types="@types/react"
import { act, createElement, StrictMode } from "react";
// @ts-types="./test_renderer.d.ts"
import { create, type Renderer } from "react-test-renderer";
import type { MakeIt3D } from "../client.ts";
import type { PendingStorage } from "../pending.ts";
import { type Answer, fakeBackend, inTurn, keptItems, refusal, status } from "../testing.ts";
import { MakeIt3DProvider } from "./context.ts";
import { type UseGeneration, useGeneration, type UseGenerationOptions } from "./use_generation.ts";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

type Shown = UseGeneration<"text-to-image">;

const REQUEST = { provider: "openai", prompt: "A red cube" } as const;

/** A component of an app, and what it showed last. */
class Screen {
  shown: Shown | undefined;
  readonly statuses: string[] = [];
  #renderer: Renderer | undefined;

  constructor(
    readonly client: MakeIt3D,
    readonly options: UseGenerationOptions<"text-to-image"> = {},
  ) {}

  readonly #Component = (): null => {
    this.shown = useGeneration("text-to-image", this.options);
    if (this.statuses.at(-1) !== this.shown.status) this.statuses.push(this.shown.status);
    return null;
  };

  async open(): Promise<void> {
    const component = createElement(this.#Component);
    const provided = createElement(MakeIt3DProvider, { client: this.client }, component);
    await act(async () => {
      this.#renderer = create(createElement(StrictMode, null, provided));
      await settled();
    });
  }

  async leave(): Promise<void> {
    await act(() => this.#renderer?.unmount());
  }

  async do(work: (shown: Shown) => Promise<void> | void): Promise<void> {
    await act(async () => {
      if (!this.shown) throw new Error("Not open");
      await work(this.shown);
      await settled();
    });
  }
}

/** All that needs no time is done. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setTimeout(resolve));
}

const accepted = (): Response =>
  Response.json({ celery_task_id: "id-1", warnings: [] }, { status: 202 });
const complete = (): Response => status({ status: "complete", version: 9, progress: 100 });

/** Holds reads until the test lets them go. */
class HeldReads {
  readonly asked: string[] = [];
  #release = (_: Response): void => {};

  readonly answer: Answer = ({ method, path, signal }) => {
    this.asked.push(`${method} ${path.split("?")[0]}`);
    if (method === "POST") return accepted();
    if (method === "DELETE") {
      this.end(status({ status: "canceled", version: 3 }));
      return Response.json({ billed: "no" });
    }
    if (this.asked.filter((one) => one.startsWith("GET")).length === 1) {
      return status({ version: 1, queue_position: 3, eta: { seconds: 40, seconds_max: 60 } });
    }
    return new Promise((resolve, reject) => {
      this.#release = resolve;
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  };

  end(response: Response): void {
    this.#release(response);
  }
}

Deno.test("a component shows where its generation stands, and the result", async () => {
  const reads = new HeldReads();
  const results: unknown[] = [];
  const { client } = fakeBackend(reads.answer);
  const screen = new Screen(client, { onResult: ({ id }) => results.push(id) });
  await screen.open();
  assert.equal(screen.shown?.status, "idle");
  assert.deepEqual(reads.asked, []);
  await screen.do(({ generate }) => void generate(REQUEST));
  const { isLoading, queuePosition, etaSeconds, id } = screen.shown;
  assert.deepEqual([isLoading, queuePosition, etaSeconds, id], [true, 3, 40, "id-1"]);
  await screen.do(() => reads.end(complete()));
  assert.equal(screen.shown.result?.id, "id-1");
  assert.deepEqual(screen.statuses, ["idle", "generating", "success"]);
  assert.deepEqual(results, ["id-1"]);
  await screen.leave();
});

Deno.test("a component that goes away cancels nothing, and asks for nothing more", async () => {
  const reads = new HeldReads();
  const storage = keptItems();
  const { client } = fakeBackend(reads.answer, storage);
  const screen = new Screen(client);
  await screen.open();
  await screen.do(({ generate }) => void generate(REQUEST));
  await screen.leave();
  await settled();
  const asked = reads.asked.length;
  reads.end(complete());
  await settled();
  assert.equal(reads.asked.length, asked);
  assert.ok(!reads.asked.some((one) => one.startsWith("DELETE")));
  assert.match([...storage.items.values()].join(), /id-1/);
});

Deno.test("a scope shows after a restart what was under way there, and starts nothing by itself", async () => {
  const storage: PendingStorage = keptItems();
  const first = fakeBackend(new HeldReads().answer, storage);
  const before = new Screen(first.client, { scope: "editor" });
  await before.open();
  assert.equal(first.asked.length, 0);
  await before.do(({ generate }) => void generate(REQUEST));
  await before.leave();

  const second = fakeBackend(complete, storage);
  const [other, same] = ["gallery", "editor"].map((scope) => new Screen(second.client, { scope }));
  await other?.open();
  assert.equal(other?.shown?.status, "idle");
  await same?.open();
  assert.equal(same?.shown?.result?.id, "id-1");
  assert.ok(second.asked.every(({ method }) => method === "GET"));
  await other?.leave();
  await same?.leave();
});

Deno.test("cancel ends the task at the backend, and says so", async () => {
  const reads = new HeldReads();
  const { client } = fakeBackend(reads.answer);
  const errors: string[] = [];
  const screen = new Screen(client, { onError: ({ name }) => errors.push(name) });
  await screen.open();
  await screen.do(({ generate }) => void generate(REQUEST));
  await screen.do(({ cancel }) => cancel());
  assert.ok(reads.asked.includes("DELETE tasks/id-1"));
  assert.equal(screen.shown?.status, "error");
  assert.deepEqual(errors, ["CanceledError"]);
  await screen.do(({ stop }) => stop());
  assert.equal(screen.shown.status, "idle");
  await screen.leave();
});

Deno.test("a refusal is an error of the component, and another try begins anew", async () => {
  const answers = inTurn(() => refusal("invalid_request", 400), accepted, complete);
  const { client } = fakeBackend(answers);
  const screen = new Screen(client);
  await screen.open();
  await screen.do(({ generate }) => generate(REQUEST));
  assert.equal(screen.shown?.status, "error");
  await screen.do(({ generate }) => generate(REQUEST));
  assert.deepEqual(screen.statuses, ["idle", "error", "success"]);
  await screen.leave();
});
