import assert from "node:assert/strict";
import { z } from "zod";
import { readSettings } from "../config.ts";
import type { ProviderSettings } from "./adapter.ts";
import { createAdapters } from "./adapters.ts";
import { type ProviderId, providerIds } from "./catalog.ts";
import {
  configuredProviders,
  type ProvidersConfig,
  providerSettings,
} from "./configured_providers.ts";

type Environment = Readonly<Record<string, string>>;

function read(environment: Environment): ProvidersConfig {
  return configuredProviders(readSettings(z.object(providerSettings), (name) => environment[name]));
}

const defaults: Readonly<Record<ProviderId, Omit<ProviderSettings, "apiKey">>> = {
  openai: { baseUrl: "https://api.openai.com/v1", model: "gpt-image-2.5-flare-2026-09-08" },
  stability: { baseUrl: "https://api.stability.ai" },
  recraft: { baseUrl: "https://external.api.recraft.ai/v1" },
  flux: {
    baseUrl: "https://api.bfl.ai/v1",
    model: "flux-kontext-pro",
    mostOf: { safety_tolerance: 2 },
  },
  tripo: { baseUrl: "https://openapi.tripo3d.ai/v3" },
};

Deno.test("a provider without a key is left out", () => {
  assert.deepEqual(read({}), {});
  const everythingElse = {
    OPENAI_API_KEY: "",
    OPENAI_BASE_URL: "http://127.0.0.1:1",
    OPENAI_IMAGE_MODEL: "other",
    FLUX_MODEL: "flux-2-pro",
  };
  assert.deepEqual(read(everythingElse), {});
});

Deno.test("a provider with a key has its own address and model unless told otherwise", async (t) => {
  for (const id of providerIds) {
    await t.step(id, () => {
      const name = id.toUpperCase();
      assert.deepEqual(read({ [`${name}_API_KEY`]: "key" }), {
        [id]: { apiKey: "key", ...defaults[id] },
      });
      const moved = { [`${name}_API_KEY`]: "key", [`${name}_BASE_URL`]: "http://127.0.0.1:9/x//" };
      assert.equal(read(moved)[id]?.baseUrl, "http://127.0.0.1:9/x");
    });
  }
});

Deno.test("the operator says how much a client may choose, and no more than there is", async (t) => {
  const most = (value: string): unknown =>
    read({ FLUX_API_KEY: "a", FLUX_MAX_SAFETY_TOLERANCE: value }).flux?.mostOf;
  for (const value of ["0", "2", "6"]) {
    await t.step(value, () => assert.deepEqual(most(value), { safety_tolerance: Number(value) }));
  }
  for (const value of ["7", "-1", "2.5", "many", "1e0"]) {
    await t.step(
      value,
      () => assert.throws(() => most(value), /FLUX_MAX_SAFETY_TOLERANCE: must be/),
    );
  }
});

Deno.test("the operator chooses a model where a provider lets one choose", () => {
  const chosen = read({
    OPENAI_API_KEY: "a",
    OPENAI_IMAGE_MODEL: "gpt-image-3",
    FLUX_API_KEY: "b",
    FLUX_MODEL: "flux-2-pro",
  });
  assert.deepEqual([chosen.openai?.model, chosen.flux?.model], ["gpt-image-3", "flux-2-pro"]);
  const empty = read({ OPENAI_API_KEY: "a", OPENAI_IMAGE_MODEL: "" });
  assert.equal(empty.openai?.model, defaults.openai.model);
});

Deno.test("the operator adds hosts of results by their full names", async (t) => {
  const hosts = (value: string): readonly string[] | undefined =>
    read({ FLUX_API_KEY: "a", FLUX_RESULT_HOSTS: value }).flux?.resultHosts;
  assert.equal(hosts(""), undefined);
  assert.deepEqual(hosts("delivery.bfl.example"), ["delivery.bfl.example"]);
  assert.deepEqual(hosts(" A.example, b.c.example ,"), ["a.example", "b.c.example"]);
  const wrong = [
    "*.blob.core.windows.net",
    "*",
    "https://a.example",
    "a.example/path",
    "a.example:443",
    "me@a.example",
    "localhost",
    "169.254.169.254",
    "[::1]",
    `${"a".repeat(260)}.example`,
  ];
  for (const value of wrong) {
    await t.step(value.slice(0, 40), () => {
      assert.throws(
        () => hosts(`a.example,${value}`),
        /FLUX_RESULT_HOSTS: must be full host names/,
      );
    });
  }
});

Deno.test("an address that is none is named, and not shown", () => {
  assert.throws(() => read({ TRIPO_BASE_URL: "confidential" }), (error) => {
    assert.ok(error instanceof Error);
    assert.match(error.message, /TRIPO_BASE_URL: /);
    assert.ok(!error.message.includes("confidential"));
    return true;
  });
});

Deno.test("there is an adapter for every provider with a key, and for no other", () => {
  const config = read({ FLUX_API_KEY: "key", TRIPO_API_KEY: "key" });
  assert.deepEqual([...createAdapters(config).keys()].sort(), ["flux", "tripo"]);
  assert.equal(createAdapters({}).size, 0);
});
