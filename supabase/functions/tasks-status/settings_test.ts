import assert from "node:assert/strict";
import { settings } from "./settings.ts";

Deno.test("who only reads gets no key that reads past all policies, and none of a provider", () => {
  assert.deepEqual(Object.keys(settings.shape).sort(), [
    "ALLOW_ANONYMOUS_USERS",
    "CORS_ORIGINS",
    "DATABASE_CA",
    "DATABASE_URL",
    "GENERATED_BUCKET_PUBLIC",
    "JWT_SECRET",
    "MAX_TOKEN_SECONDS",
    "PUBLIC_SUPABASE_URL",
    "SUPABASE_ANON_KEY",
    "SUPABASE_DB_URL",
    "SUPABASE_JWKS",
    "SUPABASE_PUBLISHABLE_KEYS",
    "SUPABASE_URL",
    "USER_REQUESTS_PER_MINUTE",
  ]);
});
