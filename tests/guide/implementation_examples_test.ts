import assert from "node:assert/strict";
import { SEED } from "../../tools/local/stack/settings.ts";
import { followToEnd, signIn, type User } from "../support/client.ts";
import { uploadPicture } from "../support/inputs.ts";
import { stack } from "../support/stack.ts";

/** What the guide's code finds around it in an app. */
interface Surroundings {
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>;
  readonly session: { readonly access_token: string };
  readonly pollStatus: (id: string, service: string) => Promise<unknown>;
}

/** Answers of the API as they came, in order. */
type Seen = { readonly status: number; readonly message?: string }[];

/** An app's own: the base address, the key, the session, and the project's files for the guide's. */
function surroundingsOf(
  user: User,
  files: Readonly<Record<string, string>>,
  seen: Seen,
): Surroundings {
  return {
    session: { access_token: user.token },
    pollStatus: (id) => followToEnd(user, id),
    fetch: async (path, init) => {
      const headers = new Headers(init.headers);
      if (headers.get("X-API-Key") === "your-api-key") headers.set("X-API-Key", SEED.apiKey);
      const body = Object.entries(files).reduce(
        (text, [placeholder, address]) => text.replaceAll(placeholder, address),
        String(init.body),
      );
      const response = await fetch(stack.functionsUrl + path, { ...init, headers, body });
      const { message } = await response.clone().json();
      seen.push({ status: response.status, message });
      return response;
    },
  };
}

/** Runs one of the guide's examples word for word, then what a test adds to it. */
async function runExample(
  name: string,
  addition: string,
  { fetch, session, pollStatus }: Surroundings,
  change = (source: string): string => source,
): Promise<unknown> {
  const source = change(await Deno.readTextFile(new URL(`${name}.js`, import.meta.url)));
  const run = new Function(
    "fetch",
    "session",
    "pollStatus",
    `return (async () => { ${source}\n${addition} })()`,
  );
  return await run(fetch, session, pollStatus);
}

const statuses = (results: unknown): unknown[] =>
  [results].flat().map((result) => Reflect.get(Object(result), "status"));

Deno.test("Multi-Provider Image Generation, as it stands, is refused in the promised words", async () => {
  const seen: Seen = [];
  const user = await signIn();
  // It goes on with an id that it was not given.
  const surroundings = { ...surroundingsOf(user, {}, seen), pollStatus: () => Promise.resolve() };
  await runExample("multi_provider_image_generation", "", surroundings);
  assert.deepEqual(seen.map(({ status }) => status), [400, 400, 400]);
  for (const { message = "" } of seen) assert.match(message, /^Unsupported provider/);
});

Deno.test("Multi-Provider Image Generation with the path put right completes", async () => {
  const seen: Seen = [];
  const results = await runExample(
    "multi_provider_image_generation",
    "return finalResults;",
    surroundingsOf(await signIn(), {}, seen),
    (source) => source.replace("/generation/text-to-model", "/generation/text-to-image"),
  );
  assert.deepEqual(seen.map(({ status }) => status), [202, 202, 202]);
  assert.deepEqual(statuses(results), ["complete", "complete", "complete"]);
});

Deno.test("Background Removal with Fallback completes with the first provider", async () => {
  const seen: Seen = [];
  const user = await signIn();
  const address = await uploadPicture(user, "cut-out.png");
  const call = `return await removeBackground(${JSON.stringify(address)}, "task-guide-cut-out");`;
  const result = await runExample(
    "background_removal_with_fallback",
    call,
    surroundingsOf(user, {}, seen),
  );
  assert.deepEqual(statuses(result), ["complete"]);
  assert.equal(seen.length, 1);
});

Deno.test("Background Removal with Fallback completes with the second when the first fails", async () => {
  const seen: Seen = [];
  const user = await signIn();
  const address = await uploadPicture(user, "fallback.png");
  const { pollStatus, ...surroundings } = surroundingsOf(user, {}, seen);
  let polls = 0;
  const failingFirst = (id: string, service: string): Promise<unknown> =>
    polls++ === 0 ? Promise.reject(new Error("AI service timed out")) : pollStatus(id, service);
  const call = `return await removeBackground(${JSON.stringify(address)}, "task-guide-fallback");`;
  const result = await runExample("background_removal_with_fallback", call, {
    ...surroundings,
    pollStatus: failingFirst,
  });
  assert.deepEqual(statuses(result), ["complete"]);
  assert.deepEqual(seen.map(({ status }) => status), [202, 202]);
});

Deno.test("3D Model Generation with Multiple Providers gives two models", async () => {
  const user = await signIn();
  const address = await uploadPicture(user, "model.png");
  const call = `return await generate3DModel(${JSON.stringify(address)}, "task-guide-model");`;
  const result = await runExample(
    "model_generation_with_multiple_providers",
    call,
    surroundingsOf(user, {}, []),
  );
  for (const provider of ["tripo", "stability"]) {
    assert.match(String(Reflect.get(Object(result), provider)), /\/models\/.*\.glb$/);
  }
});

Deno.test("Search and Recolor Implementation completes twice", async () => {
  const user = await signIn();
  const placeholder = "https://project.supabase.co/storage/v1/object/public/bucket";
  const files = {
    [`${placeholder}/red-car.png`]: await uploadPicture(user, "red-car.png"),
    [`${placeholder}/person.png`]: await uploadPicture(user, "person.png"),
  };
  const surroundings = surroundingsOf(user, files, []);
  const results = await runExample(
    "search_and_recolor",
    "return [result, shirtResult];",
    surroundings,
  );
  assert.deepEqual(statuses(results), ["complete", "complete"]);
});
