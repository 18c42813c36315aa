import assert from "node:assert/strict";
import { ISSUER, SECRET, signWithSecret, userClaims } from "../../testing/tokens.ts";
import { createTokenVerifier } from "./user_token.ts";

const { verify } = createTokenVerifier({
  keySet: undefined,
  keySetUrl: `${ISSUER}/.well-known/jwks.json`,
  secret: SECRET,
  issuers: [ISSUER],
  allowAnonymous: true,
  maxTokenSeconds: 604_800,
});

Deno.test("an operator is whom the project's server has made one, and nobody else", async (t) => {
  const role = "operator";
  const cases: readonly (readonly [name: string, claims: Record<string, unknown>, is: boolean])[] =
    [
      ["the role", { app_metadata: { role } }, true],
      ["beside a plan and what Auth writes", {
        app_metadata: { provider: "email", plan: "paid", role },
      }, true],
      ["beside what is no name of a plan", { app_metadata: { plan: 7, role } }, true],
      ["nothing", {}, false],
      ["another role", { app_metadata: { role: "admin" } }, false],
      ["what the user writes", { user_metadata: { role } }, false],
      ["what the user writes beside", { user_metadata: { role }, app_metadata: {} }, false],
      ["a claim elsewhere", { operator: true, roles: [role] }, false],
      ["a list", { app_metadata: { role: [role] } }, false],
      ["capitals", { app_metadata: { role: "Operator" } }, false],
      ["a list of metadata", { app_metadata: [{ role }] }, false],
      ["an anonymous user", { is_anonymous: true, app_metadata: { role } }, false],
    ];
  for (const [name, claims, expected] of cases) {
    await t.step(name, async () => {
      const { isOperator } = await verify(await signWithSecret(userClaims(claims)));
      assert.equal(isOperator, expected);
    });
  }
});
