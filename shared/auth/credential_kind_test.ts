import assert from "node:assert/strict";
import { signWithSecret, userClaims } from "../../testing/tokens.ts";
import { generateApiKey } from "./api_key_format.ts";
import { credentialKind } from "./credential_kind.ts";

Deno.test("keys and tokens are known by how they look", async (t) => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ["sb_publishable_AbCd", "publishable_key"],
    ["sb_secret_AbCd", "secret_key"],
    [generateApiKey("live"), "api_key"],
    [await signWithSecret(), "user_token"],
    [await signWithSecret(userClaims({ role: "anon" })), "publishable_key"],
    [await signWithSecret(userClaims({ role: "service_role" })), "secret_key"],
    [await signWithSecret(userClaims({ role: "toString" })), undefined],
    ["", undefined],
    ["a.b.c", undefined],
    ["bnVsbA.bnVsbA.bnVsbA", undefined],
    ["undefined", undefined],
  ];
  for (const [text, kind] of cases) {
    await t.step(text.slice(0, 20), () => assert.equal(credentialKind(text), kind));
  }
});
