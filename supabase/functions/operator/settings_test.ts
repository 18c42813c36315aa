import assert from "node:assert/strict";
import { settings } from "./settings.ts";

Deno.test("the operators' function gets no key of the project, of a provider or of the worker", () => {
  assert.deepEqual(Object.keys(settings.shape).sort(), [
    "ALLOW_ANONYMOUS_USERS",
    "CORS_ORIGINS",
    "DATABASE_CA",
    "DATABASE_URL",
    "JWT_SECRET",
    "MAX_TOKEN_SECONDS",
    "PUBLIC_SUPABASE_URL",
    "SUPABASE_DB_URL",
    "SUPABASE_JWKS",
    "SUPABASE_URL",
    "USER_REQUESTS_PER_MINUTE",
  ]);
});
