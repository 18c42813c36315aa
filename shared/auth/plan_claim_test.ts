import assert from "node:assert/strict";
import { ISSUER, SECRET, signWithSecret, USER_ID, userClaims } from "../../testing/tokens.ts";
import { createTokenVerifier } from "./user_token.ts";

const { verify } = createTokenVerifier({
  keySet: undefined,
  keySetUrl: `${ISSUER}/.well-known/jwks.json`,
  secret: SECRET,
  issuers: [ISSUER],
  allowAnonymous: true,
  maxTokenSeconds: 604_800,
});

async function planOf(claims: Readonly<Record<string, unknown>>): Promise<string> {
  const { userId, plan } = await verify(await signWithSecret(userClaims(claims)));
  assert.equal(userId, USER_ID);
  return plan;
}

Deno.test("the plan is the one that the project's server has written into the token", async (t) => {
  const longest = "p".repeat(63);
  const cases: readonly (readonly [name: string, claims: Record<string, unknown>, plan: string])[] =
    [
      ["a name", { app_metadata: { plan: "paid" } }, "paid"],
      ["every kind of character", { app_metadata: { plan: "team_2-eu" } }, "team_2-eu"],
      ["the longest name", { app_metadata: { plan: longest } }, longest],
      ["beside what Auth writes", {
        app_metadata: { provider: "email", providers: ["email"], plan: "paid" },
      }, "paid"],
      ["none", { app_metadata: { provider: "email" } }, "default"],
      ["no metadata", {}, "default"],
      ["what the user writes is no plan", { user_metadata: { plan: "reviewer" } }, "default"],
      ["nor is a claim elsewhere", { plan: "reviewer", app_plan: "reviewer" }, "default"],
    ];
  for (const [name, claims, plan] of cases) {
    await t.step(name, async () => assert.equal(await planOf(claims), plan));
  }
});

Deno.test("what is no name of a plan is the default plan, and locks nobody out", async (t) => {
  const values: readonly unknown[] = [
    "",
    "Paid",
    " paid",
    "paid\n",
    "1st",
    "-paid",
    "p".repeat(64),
    "paid plan",
    "paid;drop table private.plans",
    "päid",
    null,
    true,
    7,
    ["paid"],
    { name: "paid" },
  ];
  for (const plan of values) {
    await t.step(JSON.stringify(plan), async () => {
      assert.equal(await planOf({ app_metadata: { plan } }), "default");
    });
  }
  for (const metadata of [null, "paid", 7, ["paid"], [{ plan: "paid" }]]) {
    await t.step(`metadata ${JSON.stringify(metadata)}`, async () => {
      assert.equal(await planOf({ app_metadata: metadata }), "default");
    });
  }
});

Deno.test("an anonymous user has the plan of anonymous users, whatever else the token says", async () => {
  assert.equal(await planOf({ is_anonymous: true }), "anonymous");
  assert.equal(await planOf({ is_anonymous: true, app_metadata: { plan: "paid" } }), "anonymous");
  assert.equal(await planOf({ is_anonymous: false, app_metadata: { plan: "paid" } }), "paid");
});
