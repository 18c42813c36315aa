import assert from "node:assert/strict";
// @ts-types="@types/react"
import { act, createElement } from "react";
// @ts-types="./test_renderer.d.ts"
import { create, type Renderer } from "react-test-renderer";
import { fakeBackend, inTurn, refusal, status } from "../testing.ts";
import { MakeIt3DProvider } from "./context.ts";
import { type UseAccount, useAccount } from "./use_account.ts";
import { type UseGenerations, useGenerations } from "./use_generations.ts";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setTimeout(resolve));
}

Deno.test("a gallery shows the tasks, and those under way go on in it", async () => {
  const task = async (id: string, fields: Record<string, unknown>): Promise<unknown> =>
    await status({ task_id: id, ...fields }).json();
  const tasks = [
    await task("id-2", { version: 1, status: "processing" }),
    await task("id-1", { version: 4, status: "complete" }),
  ];
  const backend = fakeBackend(({ path }) =>
    path.startsWith("tasks?")
      ? Response.json({ tasks, next_cursor: "more" })
      : status({ task_id: "id-2", version: 2, status: "complete" })
  );
  let shown: UseGenerations | undefined;
  const Gallery = (): null => {
    shown = useGenerations({ limit: 2 });
    return null;
  };
  let renderer: Renderer | undefined;
  await act(async () => {
    const props = { client: backend.client };
    renderer = create(createElement(MakeIt3DProvider, props, createElement(Gallery)));
    await settled();
  });
  const states = shown?.tasks.map(({ id, status }) => `${id} ${status}`);
  assert.deepEqual(states, ["id-2 complete", "id-1 complete"]);
  assert.deepEqual([shown?.nextCursor, shown?.isLoading], ["more", false]);
  const paths = backend.asked.map(({ path }) => path);
  assert.deepEqual(paths, ["tasks?limit=2", "tasks/id-2/status"]);
  await act(() => renderer?.unmount());
});

Deno.test("an account that could not be read is an error, and can be asked for again", async () => {
  const backend = fakeBackend(
    inTurn(() => refusal("forbidden", 403), () => Response.json({ plan: "free", resets_at: "x" })),
  );
  let shown: UseAccount | undefined;
  const Account = (): null => {
    shown = useAccount();
    return null;
  };
  let renderer: Renderer | undefined;
  await act(async () => {
    const props = { client: backend.client };
    renderer = create(createElement(MakeIt3DProvider, props, createElement(Account)));
    await settled();
  });
  assert.match(String(shown?.error), /forbidden/);
  await act(async () => await shown?.refresh());
  assert.deepEqual([shown?.account?.resetsAt, shown?.error], ["x", undefined]);
  await act(() => renderer?.unmount());
});
