import assert from "node:assert/strict";
import { z } from "zod";
import {
  browsers,
  budget,
  database,
  databaseUrlOf,
  project,
  publicKeyOf,
  publicKeys,
  publicUrlOf,
  readSettings,
  results,
  secretKeyOf,
  secretKeys,
  tokens,
  tokenSettingsOf,
  workerSecret,
} from "./config.ts";
import { providerSettings } from "./providers/configured_providers.ts";
import { secretsOf } from "./setting_secrecy.ts";

const schema = z.object({
  ...database,
  ...project,
  ...tokens,
  ...browsers,
  ...publicKeys,
  ...secretKeys,
  ...results,
  ...providerSettings,
  ...workerSecret,
  ...budget,
});

type Settings = z.output<typeof schema>;
type Environment = Readonly<Record<string, string>>;

const minimal: Environment = {
  SUPABASE_URL: "http://kong:8000",
  WORKER_SECRET: "worker-secret-of-20-characters",
};

function read(changes: Environment = {}): Settings {
  return readOnly({ ...minimal, ...changes });
}

function readOnly(environment: Environment): Settings {
  return readSettings(schema, (name) => environment[name]);
}

/** The words of the refusal to start. */
function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof Error);
    return error.message;
  }
  assert.fail("Settings were accepted");
}

Deno.test("every missing setting is named at once", () => {
  assert.equal(
    refusal(() => readOnly({})),
    "Cannot start, settings are wrong: SUPABASE_URL: missing; WORKER_SECRET: missing",
  );
});

Deno.test("an empty setting is a missing one", async (t) => {
  await t.step("a required one is named as missing", () => {
    assert.match(
      refusal(() => read({ WORKER_SECRET: "" })),
      /WORKER_SECRET: missing/,
    );
    assert.match(
      refusal(() => read({ SUPABASE_URL: "" })),
      /SUPABASE_URL: missing/,
    );
  });
  await t.step("an optional one is left out", () => {
    const values = read({ DATABASE_URL: "", PUBLIC_SUPABASE_URL: "" });
    assert.equal(values.DATABASE_URL, undefined);
    assert.equal(values.PUBLIC_SUPABASE_URL, undefined);
  });
  const defaults = [
    "GENERATED_BUCKET",
    "GENERATED_BUCKET_PUBLIC",
    "WORKER_BUDGET_SECONDS",
  ] as const;
  for (const name of defaults) {
    await t.step(`${name} falls back to its default`, () => {
      assert.equal(read({ [name]: "" })[name], read()[name]);
    });
  }
});

Deno.test("an unusable setting is named and its value never shown", async (t) => {
  const cases: Environment = {
    SUPABASE_URL: "confidential no address",
    WORKER_SECRET: "confidential",
    DATABASE_URL: "postgres://postgres:#confidential@pooler:6543/postgres",
    DATABASE_CA: "confidential",
    SUPABASE_SECRET_KEYS: "confidential, no JSON",
    WORKER_BUDGET_SECONDS: "confidential",
    ALLOW_ANONYMOUS_USERS: "confidential",
    MAX_TOKEN_SECONDS: "confidential",
    GENERATED_BUCKET_PUBLIC: "confidential",
    CORS_ORIGINS: "https://app.example/confidential",
  };
  for (const [name, value] of Object.entries(cases)) {
    await t.step(name, () => {
      const words = refusal(() => read({ [name]: value }));
      assert.match(words, new RegExp(`^Cannot start, settings are wrong: ${name}`));
      assert.ok(!words.includes("confidential"), words);
      assert.ok(!words.includes("missing"), words);
    });
  }
});

Deno.test("the worker's secret may be several, each of them long enough", async (t) => {
  const [first, second] = ["the-first-worker-secret", "the-second-worker-secret"];
  await t.step("one", () => {
    assert.deepEqual(read({ WORKER_SECRET: first }).WORKER_SECRET, [first]);
  });
  await t.step("two", () => {
    const values = read({ WORKER_SECRET: `${first}, ${second}` });
    assert.deepEqual(values.WORKER_SECRET, [first, second]);
  });
  for (const value of [`${first},`, `,${first}`, `${first},short`, "short,short"]) {
    await t.step(value, () => {
      assert.match(refusal(() => read({ WORKER_SECRET: value })), /WORKER_SECRET.*16/);
    });
  }
});

Deno.test("a budget that leaves no time is refused", async (t) => {
  for (const seconds of ["0", "-5"]) {
    await t.step(seconds, () => {
      const words = refusal(() => read({ WORKER_BUDGET_SECONDS: seconds }));
      assert.match(words, /WORKER_BUDGET_SECONDS/);
    });
  }
});

Deno.test("the database is the pooler's address, else the direct one", () => {
  const both = {
    DATABASE_URL: "postgres://postgres@pooler",
    SUPABASE_DB_URL: "postgres://postgres@direct",
  };
  assert.deepEqual(databaseUrlOf(read(both)), {
    url: "postgres://postgres@pooler",
    isPooled: true,
  });
  assert.deepEqual(databaseUrlOf(read({ ...both, DATABASE_URL: "" })), {
    url: "postgres://postgres@direct",
    isPooled: false,
  });
  assert.match(
    refusal(() => databaseUrlOf(read())),
    /DATABASE_URL: missing/,
  );
});

Deno.test("the platform's own address of the database is looked at where it is used", () => {
  const odd = { SUPABASE_DB_URL: "postgres://postgres:#confidential@db.example/postgres" };
  const words = refusal(() => databaseUrlOf(read(odd)));
  assert.match(words, /SUPABASE_DB_URL: .*%23.*set DATABASE_URL/);
  assert.doesNotMatch(words, /confidential/);
  const own = "postgres://postgres@pooler";
  assert.equal(databaseUrlOf(read({ ...odd, DATABASE_URL: own })).url, own);
});

Deno.test("a root certificate may be written in one line", () => {
  const lines = ["-----BEGIN CERTIFICATE-----", "MIIB", "-----END CERTIFICATE-----"];
  const DATABASE_URL = "postgres://postgres@pooler";
  for (const DATABASE_CA of [lines.join("\n"), lines.join("\\n")]) {
    const { ca } = databaseUrlOf(read({ DATABASE_URL, DATABASE_CA }));
    assert.equal(ca, lines.join("\n"));
  }
});

Deno.test("keys of users' tokens that the platform has in another shape are Auth's to tell", async (t) => {
  const key = { kty: "EC", kid: "1" };
  const keySetOf = (text: string): unknown => tokenSettingsOf(read({ SUPABASE_JWKS: text })).keySet;
  const odd = [
    "no JSON",
    "null",
    '"a text"',
    "{}",
    '{"keys": "a text"}',
    '{"keys": [{"kid": "1"}]}',
  ];
  for (const text of odd) await t.step(text, () => assert.equal(keySetOf(text), undefined));
  await t.step("a list without its frame is one", () => {
    assert.deepEqual(keySetOf(JSON.stringify([key])), { keys: [key] });
  });
});

Deno.test("the public address is the project's unless told otherwise, without a slash", () => {
  assert.equal(publicUrlOf(read()), "http://kong:8000");
  const values = read({ PUBLIC_SUPABASE_URL: "https://project.example//" });
  assert.equal(publicUrlOf(values), "https://project.example");
});

Deno.test("tokens are checked against the public address and the keys that are set", () => {
  const key = { kty: "EC", kid: "1", crv: "P-256" };
  const values = read({
    PUBLIC_SUPABASE_URL: "https://project.example/",
    SUPABASE_JWKS: JSON.stringify({ keys: [key] }),
    JWT_SECRET: "secret",
    ALLOW_ANONYMOUS_USERS: "true",
    MAX_TOKEN_SECONDS: "3600",
  });
  assert.deepEqual(tokenSettingsOf(values), {
    keySet: { keys: [key] },
    keySetUrl: "http://kong:8000/auth/v1/.well-known/jwks.json",
    secret: "secret",
    // Auth may name either: the address apps use, or the one the platform knows.
    issuers: ["http://kong:8000/auth/v1", "https://project.example/auth/v1"],
    allowAnonymous: true,
    maxTokenSeconds: 3_600,
  });
  assert.deepEqual(tokenSettingsOf(read()), {
    keySet: undefined,
    keySetUrl: "http://kong:8000/auth/v1/.well-known/jwks.json",
    secret: undefined,
    issuers: ["http://kong:8000/auth/v1", "http://kong:8000/auth/v1"],
    allowAnonymous: false,
    maxTokenSeconds: 604_800,
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
      assert.deepEqual(read({ CORS_ORIGINS: value }).CORS_ORIGINS, origins);
    });
  }
  for (const value of ["app.example", "https://app.example/", "https://a.example,,", "null"]) {
    await t.step(`${value} is refused`, () => {
      assert.match(refusal(() => read({ CORS_ORIGINS: value })), /CORS_ORIGINS/);
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
      assert.equal(secretKeyOf(read(environment)), expected);
    });
  }
  await t.step("none", () => {
    assert.match(
      refusal(() => secretKeyOf(read())),
      /SUPABASE_SECRET_KEYS: missing/,
    );
  });
});

Deno.test("results are public unless told otherwise", async (t) => {
  for (const [value, isPublic] of [["", true], ["true", true], ["false", false]] as const) {
    await t.step(value || "not set", () => {
      assert.equal(read({ GENERATED_BUCKET_PUBLIC: value }).GENERATED_BUCKET_PUBLIC, isPublic);
    });
  }
});

Deno.test("the public key is the default one, else any, else the legacy one, else none", () => {
  const legacy = { SUPABASE_ANON_KEY: "legacy" };
  const keys = { SUPABASE_PUBLISHABLE_KEYS: '{"other": "x", "default": "new"}' };
  assert.equal(publicKeyOf(read({ ...legacy, ...keys })), "new");
  assert.equal(publicKeyOf(read(legacy)), "legacy");
  assert.equal(publicKeyOf(read()), undefined);
});

Deno.test("every setting is secret unless it is declared open, and a password in any URL", () => {
  const settings = schema.extend({ SOMETHING_NEW: z.string() });
  const values = {
    ...read({
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
  assert.deepEqual([...secretsOf(settings, values)].sort(), [
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
