import assert from "node:assert/strict";
import { followToEnd, headersOf, newTaskId, post, signIn, submitTo } from "../support/client.ts";
import { stack } from "../support/stack.ts";

/**
 * What apps do that were written for the first version of the API, or for its guide, and what the
 * service before this one let pass.
 *
 * @module
 */

const user = await signIn();

async function accepted(fields: Record<string, unknown>, operation = "text-to-image") {
  const body = { provider: "openai", prompt: "A violet elephant", ...fields };
  return await submitTo(user, operation, body);
}

Deno.test("members that are not set, as null or empty, are as if left out", async () => {
  const { warnings } = await accepted({
    style: null,
    n: null,
    quality: "",
    size: "",
    style_preset: null,
    negative_prompt: null,
  });
  assert.deepEqual(warnings, []);
});

Deno.test("numbers and flags may come as text, and are stored as what they are", async () => {
  const { celery_task_id: id } = await accepted({ n: "2" });
  const { asset_urls = [] } = await followToEnd(user, id);
  assert.equal(asset_urls.length, 2);
  const { celery_task_id: model } = await accepted(
    { provider: "tripo", texture: "true", face_limit: "5000" },
    "text-to-model",
  );
  assert.equal((await followToEnd(user, model)).status, "complete");
});

Deno.test("a style in any words goes into the prompt, and the answer says so", async () => {
  const { warnings } = await accepted({ style: "watercolour" });
  assert.match(warnings.join(), /^style: .*"Style: watercolour" was added to the prompt$/);
});

Deno.test("a status tells all of the progress at the end, whatever service it is asked of", async () => {
  const { celery_task_id: id } = await accepted({});
  await followToEnd(user, id);
  for (const service of ["openai", "tripo", "stability", "recraft", "flux", "tripoai"]) {
    const response = await fetch(`${stack.functionsUrl}/tasks/${id}/status?service=${service}`, {
      headers: headersOf(user.token),
    });
    const { status, progress } = await response.json();
    assert.deepEqual([response.status, status, progress], [200, "complete", 100], service);
  }
});

Deno.test("an app writes its inputs with all columns of the first version, without a file, too", async () => {
  const task_id = newTaskId();
  const row = {
    task_id,
    user_id: user.id,
    prompt: "A violet elephant",
    style: "vivid",
    input_asset_type: "text_prompt",
    status: "pending",
    asset_url: null,
  };
  const { error } = await user.supabase.from("input_assets").insert(row);
  assert.equal(error, null);
  const { data } = await user.supabase.from("input_assets").select(Object.keys(row).join(", "))
    .eq("task_id", task_id).single();
  assert.deepEqual(data, row);
});

Deno.test("an app does not write results, and is told so", async () => {
  const { status } = await user.supabase.from("concept_images")
    .insert({ task_id: newTaskId(), prompt: "x", celery_task_id: crypto.randomUUID() });
  assert.equal(status, 403);
});

Deno.test("a page sends the headers of what observes it", async () => {
  const names = "sentry-trace,baggage,traceparent,tracestate,x-region,x-retry-count";
  const response = await fetch(`${stack.functionsUrl}/generation/text-to-image`, {
    method: "OPTIONS",
    headers: {
      origin: "https://app.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": names,
    },
  });
  assert.equal(response.headers.get("access-control-allow-headers")?.replaceAll(" ", ""), names);
});

Deno.test("the longest prompt may be Japanese, and a compressed body is refused by name", async () => {
  await accepted({ prompt: "象".repeat(32_000) });
  const compressed = await post("text-to-image", {}, {
    ...headersOf(user.token),
    "Content-Encoding": "gzip",
  });
  const { error, message } = await compressed.json();
  assert.equal(error, "unsupported_media_type");
  assert.match(message, /gzip/);
});

Deno.test("a prompt that the service does not read is warned of at once, and fails in words for it", async () => {
  const { celery_task_id: id, warnings } = await accepted({
    provider: "stability",
    prompt: "فيل بنفسجي طائر",
  });
  assert.match(warnings.join(), /English/);
  const { status, error_code, error } = await followToEnd(user, id);
  assert.deepEqual([status, error_code], ["failed", "unsupported_language"]);
  assert.match(error ?? "", /English/);
});
