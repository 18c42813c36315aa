import assert from "node:assert/strict";
import { z } from "zod";
import { open, openUrl, secretsOf, secretUrl } from "./setting_secrecy.ts";

Deno.test("a secret that could be read as a URL is secret all the same", () => {
  const schema = z.object({ KEY: z.string(), ROLE: z.string(), DATABASE: secretUrl(z.string()) });
  const secrets = {
    KEY: "acct:0a1b2c3d4e5f",
    ROLE: "key://user:password@host",
    DATABASE: "mailto:0a1b2c3d4e5f",
  };
  assert.deepEqual(secretsOf(schema, secrets), Object.values(secrets));
});

Deno.test("an open setting has no secret but the password of a URL", () => {
  const schema = z.object({ BASE: openUrl(z.string()), ORIGINS: open(z.array(z.string())) });
  assert.deepEqual(secretsOf(schema, { BASE: "localhost:8080", ORIGINS: ["https://a"] }), []);
  const BASE = "https://user:proxy%2Dpassword@proxy.example/v1";
  assert.deepEqual(secretsOf(schema, { BASE }), ["proxy%2Dpassword", "proxy-password"]);
});

Deno.test("a setting that declares nothing is secret, also each value of a JSON setting", () => {
  const schema = z.object({ KEYS: z.record(z.string(), z.string()), SECONDS: z.number() });
  const KEYS = { default: "first-key", other: "second-key" };
  assert.deepEqual(secretsOf(schema, { KEYS, SECONDS: 50 }), ["first-key", "second-key"]);
  assert.deepEqual(secretsOf(schema, {}), []);
});
