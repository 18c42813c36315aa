import assert from "node:assert/strict";
import { SEED } from "../../tools/local/stack/settings.ts";
import { expected } from "../sdks/expected.ts";
import { stack } from "../support/stack.ts";
import { withPage } from "./support/with_page.ts";

const PROJECT = {
  url: stack.projectUrl,
  key: stack.secrets.publishableKey,
  apiKey: SEED.apiKey,
};

/** Runs in the page, which has the SDKs' own builds for browsers. */
const USE_ALL = `(async () => {
  const app = await import("/app.ts");
  const sdks = {
    createClient: supabase.createClient,
    Upload: tus.Upload,
    fileOf: (bytes) => new Blob([bytes]),
  };
  const project = ${JSON.stringify(PROJECT)};
  const { seen, ...user } = await app.signUp(sdks, project);
  return {
    origin: location.origin,
    signUp: seen,
    tables: await app.useTables(user),
    files: await app.useFiles(user),
    resumable: await app.useResumable(sdks, project, user),
    functions: await app.useFunctions(project, user),
  };
})()`;

Deno.test("a page of another origin has all that its SDKs offer", async () => {
  await withPage(async (page) => {
    const { origin, ...seen } = await page.evaluate<Record<string, unknown>>(USE_ALL);
    assert.notEqual(origin, new URL(stack.projectUrl).origin);
    assert.deepEqual(seen, expected);
  });
});
