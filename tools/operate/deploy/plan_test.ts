import assert from "node:assert/strict";
import { providerIds, providers } from "../../../shared/providers/catalog.ts";
import { type Findings, planDeploy } from "./plan.ts";

const PROVIDER_KEYS = providerIds.map((id) => providers[id].apiKeySetting);

const findings: Findings = {
  project: "abcdefghijklmnopqrst",
  migrations: { pending: ["1", "2", "3"], pendingOfApp: [], unknown: [], isFirst: true },
  collisions: [],
  postgresVersion: 150001,
  signsWithSecret: false,
  functionsOnly: false,
  secretsThere: PROVIDER_KEYS.filter((key) => key !== "TRIPO_API_KEY"),
  secretsToSet: ["TRIPO_API_KEY", "WORKER_SECRET", "DATABASE_URL"],
};

Deno.test("the database comes before the functions, and the check last", () => {
  assert.deepEqual(planDeploy(findings), {
    steps: [
      "set the secrets TRIPO_API_KEY, WORKER_SECRET, DATABASE_URL",
      "apply 3 migrations: 1 to 3; new requests are refused meanwhile",
      "tell the schedule how to reach the worker",
      "deploy the functions to abcdefghijklmnopqrst",
      "ask for its health, for a refusal without a key, and for a dry run as a user of its own",
    ],
    errors: [],
    warnings: [],
  });
});

Deno.test("beside an app its folder gets our migrations before the database does", () => {
  const app = { folder: "/home/me/app", missingMigrations: ["2_a.sql", "3_b.sql"] };
  assert.deepEqual(planDeploy({ ...findings, app }).steps.slice(1, 3), [
    "copy 2 migrations into /home/me/app/supabase/migrations: commit them there",
    "apply 3 migrations: 1 to 3; new requests are refused meanwhile",
  ]);
  const upToDate = planDeploy({ ...findings, app: { ...app, missingMigrations: [] } });
  assert.deepEqual(upToDate.steps, planDeploy(findings).steps);
});

Deno.test("what there is already is not done again", () => {
  const { steps } = planDeploy({
    ...findings,
    migrations: { pending: [], pendingOfApp: [], unknown: [], isFirst: false },
    secretsThere: [...findings.secretsThere, ...findings.secretsToSet],
    secretsToSet: [],
  });
  assert.deepEqual(steps.slice(0, 2), [
    "apply no migration, the database is up to date",
    "deploy the functions to abcdefghijklmnopqrst",
  ]);
});

Deno.test("what is in the way is named with what to do", async (t) => {
  const cases: readonly [Partial<Findings>, RegExp][] = [
    [
      { migrations: { pending: [], pendingOfApp: [], unknown: ["9"], isFirst: false } },
      /this checkout does not: 9\. Deploy from/,
    ],
    [
      { collisions: ["schema private", "table public.tasks"] },
      /are not this backend's: schema private, table public\.tasks\. Rename/,
    ],
    [
      { collisions: ["function worker"] },
      /The project has these, which are not .*: function worker\. .* docs\/adopt\.md/,
    ],
    [
      { migrations: { pending: [], pendingOfApp: ["8", "9"], unknown: [], isFirst: false } },
      /that are not applied: 8, 9\. Apply them first/,
    ],
    [{ postgresVersion: 140011 }, /is Postgres 14, the migrations need 15 or newer: upgrade/],
    [{ secretsToSet: [] }, /WORKER_SECRET is missing: put it into \.env\.production/],
    [
      { secretsThere: [], secretsToSet: ["WORKER_SECRET"] },
      /No provider has a key: set OPENAI_API_KEY/,
    ],
  ];
  for (const [change, words] of cases) {
    await t.step(String(words), () => {
      const { errors } = planDeploy({ ...findings, ...change });
      assert.equal(errors.length, 1);
      assert.match(errors[0] ?? "", words);
    });
  }
});

Deno.test("what works less well is noted", () => {
  const { errors, warnings } = planDeploy({ ...findings, secretsToSet: ["WORKER_SECRET"] });
  assert.deepEqual(errors, []);
  assert.equal(warnings.length, 2);
  assert.match(warnings.join(), /503: TRIPO_API_KEY.*DATABASE_URL/);
});

Deno.test("the way back deploys functions to a database that knows later migrations", () => {
  const { steps, errors } = planDeploy({
    ...findings,
    migrations: { pending: [], pendingOfApp: ["9"], unknown: ["9"], isFirst: false },
    functionsOnly: true,
  });
  assert.deepEqual(errors, []);
  assert.deepEqual(steps, [
    "deploy the functions to abcdefghijklmnopqrst",
    "ask for its health, for a refusal without a key, and for a dry run as a user of its own",
  ]);
});

Deno.test("a project that signs with a shared secret is told that functions need it, too", async (t) => {
  const cases:
    readonly (readonly [signs: boolean | undefined, secrets: string[], notes: number])[] = [
      [true, [], 1],
      [true, ["JWT_SECRET"], 0],
      [false, [], 0],
      [undefined, [], 0],
    ];
  for (const [signsWithSecret, more, notes] of cases) {
    await t.step(`${signsWithSecret} ${more}`, () => {
      const secretsToSet = [...findings.secretsToSet, ...more];
      const { warnings } = planDeploy({ ...findings, signsWithSecret, secretsToSet });
      assert.equal(warnings.filter((text) => /HS256\): set JWT_SECRET/.test(text)).length, notes);
    });
  }
});
