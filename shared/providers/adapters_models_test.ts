import assert from "node:assert/strict";
import { API_KEY, withProvider } from "../../testing/simulated_provider.ts";
import { type ProviderId, providerIds, providers } from "./catalog.ts";
import type { ModelListing } from "./model_list.ts";
import type { Provider } from "./provider_operation.ts";

/** Who documents a list of its models. */
const WITH_LIST: readonly ProviderId[] = ["openai", "recraft"];

interface Question {
  readonly model?: string;
  readonly answer?: Response;
}

async function find(id: ProviderId, { model, answer }: Question = {}): Promise<
  readonly ModelListing[]
> {
  let models: readonly ModelListing[] = [];
  await withProvider(id, { model, intercept: () => answer }, async ({ adapter, seen }) => {
    assert.ok(adapter.findModels);
    models = await adapter.findModels(new AbortController().signal);
    const { pathname } = new URL(providers[id].baseUrl);
    assert.deepEqual(
      seen.map(({ method, path }) => [method, path.slice(-`${pathname}/models`.length)]),
      [
        ["GET", `${pathname}/models`],
      ],
    );
    assert.ok(seen[0]?.carriesKey, API_KEY);
  });
  return models;
}

Deno.test("a provider with a list of models is asked for it, and no other", async (t) => {
  for (const id of providerIds) {
    await t.step(id, async () => {
      await withProvider(id, {}, ({ adapter }) => {
        assert.equal(adapter.findModels !== undefined, WITH_LIST.includes(id));
        return Promise.resolve();
      });
    });
  }
});

Deno.test("every model that is asked for is in the list of the provider as it is today", async (t) => {
  for (const id of WITH_LIST) {
    await t.step(id, async () => {
      const models = await find(id);
      assert.deepEqual(models.filter(({ isListed }) => !isListed), []);
      assert.equal(models.filter(({ isDefault }) => isDefault).length, 1);
      const { model }: Provider = providers[id];
      if (model) assert.deepEqual(models.map((listing) => listing.model), [model.default]);
      else assert.ok(models.length > 10);
    });
  }
});

Deno.test("a model of the operator's that the provider has no more is missing", async () => {
  assert.deepEqual(await find("openai", { model: "dall-e-3" }), [
    { model: "dall-e-3", isDefault: true, isListed: false, shutDownOn: undefined },
  ]);
});

Deno.test("one that will be shut down is listed, with the day", async () => {
  assert.deepEqual(await find("openai", { model: "gpt-image-1.5" }), [
    { model: "gpt-image-1.5", isDefault: true, isListed: true, shutDownOn: "2026-12-01" },
  ]);
});

Deno.test("what is no list of models proves nothing", async (t) => {
  const listOf = (...models: readonly unknown[]): Response => Response.json({ data: models });
  const answers: Readonly<Record<string, () => Response>> = {
    "a refusal of the key": () => Response.json({ error: { message: "No" } }, { status: 401 }),
    "a failure": () => new Response("", { status: 500 }),
    "a page of something in between": () => new Response("<html>"),
    "nothing": () => Response.json({}),
    "an empty list": () => listOf(),
    "a list of something else": () => listOf({ name: "gpt-image-2" }),
    "a redirection": () => new Response(null, { status: 302, headers: { location: "/" } }),
  };
  for (const id of WITH_LIST) {
    for (const [name, answer] of Object.entries(answers)) {
      await t.step(`${id}: ${name}`, async () => {
        await assert.rejects(find(id, { answer: answer() }));
      });
    }
  }
  await t.step("recraft: models of others only", async () => {
    await assert.rejects(find("recraft", { answer: listOf({ id: "another" }) }));
  });
  await t.step("recraft: a part of a list", async () => {
    const answer = Response.json({ data: [{ id: "recraftv3" }], has_more: true });
    await assert.rejects(find("recraft", { answer }));
  });
});

Deno.test("a day that is none is no reason not to read the list", async () => {
  for (const shutdown_date of ["soon", 17, {}, null]) {
    const answer = Response.json({ data: [{ id: "gpt-image-2", shutdown_date }] });
    const [listing] = await find("openai", { model: "gpt-image-2", answer });
    assert.deepEqual([listing?.isListed, listing?.shutDownOn], [true, undefined]);
  }
});
