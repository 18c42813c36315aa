import assert from "node:assert/strict";
import type { z } from "zod";
import {
  databaseAddressOf,
  publicUrlOf,
  readSettings,
  secretKeyOf,
  secretsOf,
  settings,
  tokenSettingsOf,
} from "./config.ts";

type Environment = Readonly<Record<string, string>>;

const minimal: Environment = {
  SUPABASE_URL: "http://kong:8000",
  WORKER_SECRET: "worker-secret-of-20-characters",
};

function readWorker(changes: Environment = {}): z.output<typeof settings.worker> {
  return workerSettings({ ...minimal, ...changes });
}

function workerSettings(environment: Environment): z.output<typeof settings.worker> {
  return readSettings(settings.worker, (name) => environment[name]);
}

function readGeneration(changes: Environment = {}): z.output<typeof settings.generation> {
  const environment: Environment = { ...minimal, ...changes };
  return readSettings(settings.generation, (name) => environment[name]);
}

/** The words of the refusal to start. */
function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof Error);
    return error.message;
  }
  assert.fail("Settings were accepted");
}

Deno.test("every missing setting is named at once", () => {
  assert.equal(
    refusal(() => workerSettings({})),
    "Cannot start, settings are wrong: SUPABASE_URL: missing; WORKER_SECRET: missing",
  );
});

Deno.test("an empty setting is a missing one", async (t) => {
  await t.step("a required one is named as missing", () => {
    assert.match(
      refusal(() => readWorker({ WORKER_SECRET: "" })),
      /WORKER_SECRET: missing/,
    );
    assert.match(
      refusal(() => readWorker({ SUPABASE_URL: "" })),
      /SUPABASE_URL: missing/,
    );
  });
  await t.step("an optional one is left out", () => {
    const values = readWorker({ DATABASE_URL: "", PUBLIC_SUPABASE_URL: "" });
    assert.equal(values.DATABASE_URL, undefined);
    assert.equal(values.PUBLIC_SUPABASE_URL, undefined);
  });
  const defaults = ["GENERATED_BUCKET", "WORKER_BUDGET_SECONDS"] as const;
  for (const name of defaults) {
    await t.step(`${name} falls back to its default`, () => {
      assert.equal(readWorker({ [name]: "" })[name], readWorker()[name]);
    });
  }
});

Deno.test("an unusable setting is named and its value never shown", async (t) => {
  const cases: Environment = {
    SUPABASE_URL: "confidential no address",
    WORKER_SECRET: "confidential",
    SUPABASE_JWKS: '{"keys": "confidential"}',
    SUPABASE_SECRET_KEYS: "confidential, no JSON",
    WORKER_BUDGET_SECONDS: "confidential",
    ALLOW_ANONYMOUS_USERS: "confidential",
    CORS_ORIGINS: "https://app.example/confidential",
  };
  const schema = settings.worker.extend(settings.generation.shape);
  for (const [name, value] of Object.entries(cases)) {
    await t.step(name, () => {
      const environment: Environment = { ...minimal, [name]: value };
      const words = refusal(() => readSettings(schema, (each) => environment[each]));
      assert.match(words, new RegExp(`^Cannot start, settings are wrong: ${name}`));
      assert.ok(!words.includes("confidential"), words);
      assert.ok(!words.includes("missing"), words);
    });
  }
});

Deno.test("the worker's secret may be several, each of them long enough", async (t) => {
  const [first, second] = ["the-first-worker-secret", "the-second-worker-secret"];
  await t.step("one", () => {
    assert.deepEqual(readWorker({ WORKER_SECRET: first }).WORKER_SECRET, [first]);
  });
  await t.step("two", () => {
    const values = readWorker({ WORKER_SECRET: `${first}, ${second}` });
    assert.deepEqual(values.WORKER_SECRET, [first, second]);
  });
  for (const value of [`${first},`, `,${first}`, `${first},short`, "short,short"]) {
    await t.step(value, () => {
      assert.match(refusal(() => readWorker({ WORKER_SECRET: value })), /WORKER_SECRET.*16/);
    });
  }
});

Deno.test("a budget that leaves no time is refused", async (t) => {
  for (const seconds of ["0", "-5"]) {
    await t.step(seconds, () => {
      const words = refusal(() => readWorker({ WORKER_BUDGET_SECONDS: seconds }));
      assert.match(words, /WORKER_BUDGET_SECONDS/);
    });
  }
});

Deno.test("a function reads its own settings and no others", () => {
  const asked: string[] = [];
  readSettings(settings["tasks-status"], (name) => {
    asked.push(name);
    return minimal[name];
  });
  assert.deepEqual(asked.sort(), [
    "ALLOW_ANONYMOUS_USERS",
    "CORS_ORIGINS",
    "DATABASE_URL",
    "JWT_SECRET",
    "PUBLIC_SUPABASE_URL",
    "SUPABASE_DB_URL",
    "SUPABASE_JWKS",
    "SUPABASE_URL",
  ]);
});

Deno.test("the database is the pooler's address, else the direct one", () => {
  const both = { DATABASE_URL: "postgres://pooler", SUPABASE_DB_URL: "postgres://direct" };
  assert.deepEqual(databaseAddressOf(readWorker(both)), {
    url: "postgres://pooler",
    isPooled: true,
  });
  assert.deepEqual(databaseAddressOf(readWorker({ ...both, DATABASE_URL: "" })), {
    url: "postgres://direct",
    isPooled: false,
  });
  assert.match(
    refusal(() => databaseAddressOf(readWorker())),
    /DATABASE_URL: missing/,
  );
});

Deno.test("the public address is the project's unless told otherwise, without a slash", () => {
  assert.equal(publicUrlOf(readWorker()), "http://kong:8000");
  const values = readWorker({ PUBLIC_SUPABASE_URL: "https://project.example//" });
  assert.equal(publicUrlOf(values), "https://project.example");
});

Deno.test("tokens are checked against the public address and the keys that are set", () => {
  const key = { kty: "EC", kid: "1", crv: "P-256" };
  const values = readGeneration({
    PUBLIC_SUPABASE_URL: "https://project.example/",
    SUPABASE_JWKS: JSON.stringify({ keys: [key] }),
    JWT_SECRET: "secret",
    ALLOW_ANONYMOUS_USERS: "true",
  });
  assert.deepEqual(tokenSettingsOf(values), {
    keySet: { keys: [key] },
    keySetUrl: "http://kong:8000/auth/v1/.well-known/jwks.json",
    secret: "secret",
    // Auth may name either: the address apps use, or the one the platform knows.
    issuers: ["http://kong:8000/auth/v1", "https://project.example/auth/v1"],
    allowAnonymous: true,
  });
  assert.deepEqual(tokenSettingsOf(readGeneration()), {
    keySet: undefined,
    keySetUrl: "http://kong:8000/auth/v1/.well-known/jwks.json",
    secret: undefined,
    issuers: ["http://kong:8000/auth/v1", "http://kong:8000/auth/v1"],
    allowAnonymous: false,
  });
});

Deno.test("browsers may call from everywhere unless origins are named", async (t) => {
  const cases: Readonly<Record<string, readonly string[]>> = {
    "": ["*"],
    "*": ["*"],
    "https://app.example": ["https://app.example"],
    "https://app.example, http://localhost:8081": ["https://app.example", "http://localhost:8081"],
  };
  for (const [value, origins] of Object.entries(cases)) {
    await t.step(value || "not set", () => {
      assert.deepEqual(readGeneration({ CORS_ORIGINS: value }).CORS_ORIGINS, origins);
    });
  }
  for (const value of ["app.example", "https://app.example/", "https://a.example,,", "null"]) {
    await t.step(`${value} is refused`, () => {
      assert.match(refusal(() => readGeneration({ CORS_ORIGINS: value })), /CORS_ORIGINS/);
    });
  }
});

Deno.test("the secret key is the default one, else any, else the legacy one", async (t) => {
  const legacy = { SUPABASE_SERVICE_ROLE_KEY: "legacy" };
  const cases: readonly (readonly [expected: string, environment: Environment])[] = [
    ["new", { ...legacy, SUPABASE_SECRET_KEYS: '{"other": "x", "default": "new"}' }],
    ["only", { ...legacy, SUPABASE_SECRET_KEYS: '{"mobile": "only"}' }],
    ["legacy", { ...legacy, SUPABASE_SECRET_KEYS: "{}" }],
    ["legacy", legacy],
  ];
  for (const [expected, environment] of cases) {
    await t.step(environment["SUPABASE_SECRET_KEYS"] ?? "not set", () => {
      assert.equal(secretKeyOf(readWorker(environment)), expected);
    });
  }
  await t.step("none", () => {
    assert.match(
      refusal(() => secretKeyOf(readWorker())),
      /SUPABASE_SECRET_KEYS: missing/,
    );
  });
});

Deno.test("every setting is secret unless it is known to be open, and a password in any address", () => {
  const values = {
    ...readGeneration({
      DATABASE_URL: "postgres://postgres:p%40ssword@pooler:6543/postgres",
      SUPABASE_DB_URL: "postgres://postgres@direct/postgres",
      SUPABASE_SECRET_KEYS: '{"default": "first-key", "other": "second-key"}',
      SUPABASE_SERVICE_ROLE_KEY: "service-role",
      SUPABASE_JWKS: '{"keys": [{"kty": "EC"}]}',
      JWT_SECRET: "jwt-secret",
      OPENAI_API_KEY: "openai-key",
      OPENAI_BASE_URL: "https://user:proxy-password@proxy.example/v1",
      FLUX_MODEL: "flux-kontext-pro",
    }),
    GENERATED_BUCKET: "generated",
    WORKER_BUDGET_SECONDS: 50,
    SOMETHING_NEW: "something-new",
  };
  assert.deepEqual([...secretsOf(values)].sort(), [
    "first-key",
    "jwt-secret",
    "openai-key",
    "p%40ssword",
    "p@ssword",
    "proxy-password",
    "proxy-password",
    "second-key",
    "service-role",
    "something-new",
    "worker-secret-of-20-characters",
  ]);
});
