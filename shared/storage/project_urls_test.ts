import assert from "node:assert/strict";
import { parseAssetUrl } from "./asset_url.ts";
import { projectUrlsOf } from "./project_urls.ts";

const PATH = "/storage/v1/object/public/inputs/ann/a.png";
const REFERENCE = "abcdefghijklmnopqrst";

function isKnown(settings: Parameters<typeof projectUrlsOf>[0], origin: string): boolean {
  return parseAssetUrl(`${origin}${PATH}`, projectUrlsOf(settings)) !== undefined;
}

Deno.test("on this machine the project is known by the machine's names, at its port", async (t) => {
  const settings = {
    SUPABASE_URL: "http://127.0.0.1:54321",
    PUBLIC_SUPABASE_URL: "http://192.168.1.5:54321",
  };
  const cases = {
    "http://127.0.0.1:54321": true,
    "http://localhost:54321": true,
    "http://10.0.2.2:54321": true,
    "http://192.168.1.5:54321": true,
    "http://localhost:54322": false,
    "http://localhost": false,
    "https://localhost:54321": false,
    "http://localhost.evil.example:54321": false,
    "http://192.168.1.6:54321": false,
  };
  for (const [origin, known] of Object.entries(cases)) {
    await t.step(origin, () => assert.equal(isKnown(settings, origin), known));
  }
});

Deno.test("on the platform Storage has a host of its own, also beside a custom domain", async (t) => {
  const settings = {
    SUPABASE_URL: `https://${REFERENCE}.supabase.co`,
    PUBLIC_SUPABASE_URL: "https://api.example",
  };
  const cases = {
    "https://api.example": true,
    [`https://${REFERENCE}.supabase.co`]: true,
    [`https://${REFERENCE}.storage.supabase.co`]: true,
    [`https://${REFERENCE}.storage.supabase.in`]: false,
    [`http://${REFERENCE}.storage.supabase.co`]: false,
    "https://another.storage.supabase.co": false,
    "https://storage.supabase.co": false,
    "http://localhost": false,
    "http://10.0.2.2": false,
  };
  for (const [origin, known] of Object.entries(cases)) {
    await t.step(origin, () => assert.equal(isKnown(settings, origin), known));
  }
});

Deno.test("the URL that is kept is the one of apps", () => {
  const [kept] = projectUrlsOf({
    SUPABASE_URL: "http://kong:8000",
    PUBLIC_SUPABASE_URL: "https://api.example",
  });
  assert.equal(kept, "https://api.example");
  assert.deepEqual(projectUrlsOf({ SUPABASE_URL: "http://kong:8000" }), ["http://kong:8000"]);
});
