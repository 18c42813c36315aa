import type { Hono } from "hono";
import assert from "node:assert/strict";
import { readCalls } from "../../../simulators/testing.ts";
import { SEED } from "../../../testing/call_context.ts";
import { aModel, described, reads } from "../../../testing/input_files.ts";
import { factsOf } from "../../../testing/provider_failures.ts";
import {
  poll,
  running,
  submit,
  succeeded,
  withProvider,
} from "../../../testing/simulated_provider.ts";
import { contentOf } from "../../../testing/streams.ts";
import type { Adapter } from "../adapter.ts";

const model = await aModel();
const file = described("input.glb", model);
const refinement = { input_model_asset_url: "model", prompt: "rusty" };
const plain = {
  model: "v3.0-20250812",
  texture: true,
  pbr: false,
  texture_quality: "standard",
  texture_seed: SEED,
  texture_prompt: { text: "rusty" },
};

async function makeDraft(
  adapter: Adapter,
  prompt = "a castle",
  model_version?: string,
): Promise<string> {
  return running(await submit(adapter, "text-to-model", { prompt, model_version })).handle;
}

/** The fields of the last purchase. */
async function lastRequest(app: Hono): Promise<unknown> {
  return (await readCalls(app)).at(-1)?.request;
}

async function refine(
  adapter: Adapter,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<ReturnType<typeof running>> {
  const parameters = { ...refinement, ...changes };
  return running(await submit(adapter, "refine-model", parameters, reads({ model })));
}

Deno.test("a file gets a new surface, with these fields and no others", async (t) => {
  const all = { texture: false, pbr: true, texture_quality: "detailed" };
  const cases = {
    "without options": [{}, plain, 0.1],
    "with all options": [
      { ...all, model_version: "v2.5-20250123", face_limit: 20_000, auto_size: true },
      // It would be billed twice without a texture.
      { ...plain, ...all, texture: true },
      0.2,
    ],
    "with the newest model": [
      { model_version: "v3.5-20260815" },
      { ...plain, model: "v3.5-20260815" },
      0.1,
    ],
    "with a model that makes no surfaces": [{ model_version: "v3.1-20260211" }, plain, 0.1],
  } as const;
  for (const [name, [changes, request, costUsd]] of Object.entries(cases)) {
    await t.step(name, async () => {
      await withProvider("tripo", {}, async ({ app, adapter, seen }) => {
        const accepted = await refine(adapter, changes);
        assert.deepEqual(await lastRequest(app), { ...request, input: file });
        assert.equal(accepted.call.model, request.model);
        const paths = seen.map(({ path }) => path);
        assert.deepEqual(paths, ["/tripo/v3/files", "/tripo/v3/models/texture"]);

        const { outputs: [output], call } = succeeded(await poll(adapter, accepted));
        assert.deepEqual(call, { costUsd });
        assert.ok(output);
        assert.notDeepEqual(await contentOf(output), model.bytes);
      });
    });
  }
});

Deno.test("a draft that has a model takes the place of the file", async () => {
  await withProvider("tripo", {}, async ({ app, adapter, seen }) => {
    const draft = await makeDraft(adapter);
    const parameters = { input_model_asset_url: "model", draft_model_task_id: draft };
    // Nothing can be read: it need not be.
    await submit(adapter, "refine-model", parameters);
    const { texture_prompt: _, ...fields } = plain;
    assert.deepEqual(await lastRequest(app), { ...fields, input: draft });
    const paths = seen.slice(1).map(({ path }) => path);
    assert.deepEqual(paths, [`/tripo/v3/tasks/${draft}`, "/tripo/v3/models/texture"]);
  });
});

Deno.test("the surface of a draft is painted by the version of its generation", async (t) => {
  const versions = {
    "v2.5-20250123": "v2.5-20250123",
    "v3.0-20250812": "v3.0-20250812",
    "v3.1-20260211": "v3.0-20250812",
    "P1-20260311": "v3.0-20250812",
  };
  for (const [version, painter] of Object.entries(versions)) {
    for (const named of [undefined, "v2.5-20250123", "v3.0-20250812"]) {
      await t.step(`${version}, ${named} asked for`, async () => {
        await withProvider("tripo", {}, async ({ app, adapter }) => {
          const draft = await makeDraft(adapter, "a castle", version);
          const accepted = await refine(adapter, {
            draft_model_task_id: draft,
            model_version: named,
          });
          assert.deepEqual(await lastRequest(app), { ...plain, model: painter, input: draft });
          assert.equal(accepted.call.model, painter);
        });
      });
    }
  }
});

Deno.test("without a prompt, a draft that cannot be used ends the task before anything is bought", async (t) => {
  const drafts: Readonly<Record<string, (adapter: Adapter) => Promise<string>>> = {
    "gone": () => Promise.resolve("4d1c0000-0000-4000-8000-000000000000"),
    "failed": (adapter) => makeDraft(adapter, "a castle sim:failed-1001"),
    "without a model": (adapter) => makeDraft(adapter, "a castle sim:empty"),
  };
  for (const [name, make] of Object.entries(drafts)) {
    await t.step(name, async () => {
      await withProvider("tripo", {}, async ({ app, adapter, seen }) => {
        const draft = await make(adapter);
        const bought = (await readCalls(app)).length;
        const parameters = { input_model_asset_url: "model", draft_model_task_id: draft };
        const call = submit(adapter, "refine-model", parameters, reads({ model }));
        assert.deepEqual(await factsOf(call), ["invalid_input", false, 0, false]);
        assert.equal((await readCalls(app)).length, bought);
        assert.ok(!seen.some(({ path }) => path.endsWith("/files")));
      });
    });
  }
});

Deno.test("a draft that cannot be used leaves the file", async (t) => {
  const drafts: Readonly<Record<string, (adapter: Adapter) => Promise<string>>> = {
    "failed": (adapter) => makeDraft(adapter, "a castle sim:failed-1001"),
    "without a model": (adapter) => makeDraft(adapter, "a castle sim:empty"),
    "unknown": () => Promise.resolve("4d1c0000-0000-4000-8000-000000000000"),
    "of a strange name": () => Promise.resolve("../account/balance?x=1#"),
  };
  for (const [name, make] of Object.entries(drafts)) {
    await t.step(name, async () => {
      await withProvider("tripo", {}, async ({ app, adapter, seen }) => {
        const draft = await make(adapter);
        await refine(adapter, { draft_model_task_id: draft });
        assert.deepEqual(await lastRequest(app), { ...plain, input: file });
        const path = `/tripo/v3/tasks/${encodeURIComponent(draft)}`;
        assert.ok(seen.some((request) => request.path === path));
      });
    });
  }
  await t.step("still under way", async () => {
    await withProvider("tripo", { jobSeconds: 100 }, async ({ app, adapter }) => {
      await refine(adapter, { draft_model_task_id: await makeDraft(adapter) });
      assert.deepEqual(await lastRequest(app), { ...plain, input: file });
    });
  });
});
