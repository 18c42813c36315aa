import { fileTypeFromBuffer } from "file-type";
import assert from "node:assert/strict";
import { followToEnd, signIn, submitTo, type User } from "../support/client.ts";
import { effectsOf } from "../support/effects.ts";
import { uploadModel, uploadPicture } from "../support/inputs.ts";

interface Example {
  readonly operation: string;
  readonly provider: string;
  /** The JavaScript of an object. */
  readonly source: string;
}

const guide = await Deno.readTextFile(new URL("requests.md", import.meta.url));
const examples: Example[] = [
  ...guide.matchAll(/^## (\S+) by (\S+)\n\n```javascript\n([^]*?)```/gm),
].map(([, operation = "", provider = "", source = ""]) => ({ operation, provider, source }));

const STYLE_ID = "00000000-0000-4000-8000-00000000abcd";

/** Real values in the place of what the guide leaves open; nothing else is changed. */
async function fillIn(user: User, source: string): Promise<Record<string, unknown>> {
  const picture = await uploadPicture(user, "guide.png");
  const model = await uploadModel(user, "guide.glb");
  const filled = source
    .replaceAll(/"https:\/\/\[project\][^"]*\.glb"/g, JSON.stringify(model))
    .replaceAll(/"https:\/\/(\[project\][^"]*|\.\.\.)"/g, JSON.stringify(picture))
    .replaceAll("custom_style_123", STYLE_ID)
    .replaceAll("tripo_task_prev_abc", await draftTaskId(user));
  return new Function(`return (${filled})`)();
}

let draft: string | undefined;

/** The provider's name of a model that the user has made before, as an app reads it. */
async function draftTaskId(user: User): Promise<string> {
  if (draft === undefined) {
    const body = { provider: "tripo", prompt: "A draft" };
    const { celery_task_id: id } = await submitTo(user, "text-to-model", body);
    await followToEnd(user, id);
    const { data } = await user.supabase.from("models")
      .select("ai_service_task_id").eq("celery_task_id", id).single();
    draft = String(data?.ai_service_task_id);
  }
  return draft;
}

Deno.test("every pair that the guide shows is here", () => {
  assert.deepEqual(
    examples.map(({ operation, provider }) => `${operation} by ${provider}`).length,
    15,
  );
});

Deno.test("every request of the guide is accepted and ends complete", async (t) => {
  const user = await signIn();
  for (const { operation, provider, source } of examples) {
    await t.step(`${operation} by ${provider}`, async () => {
      const body = await fillIn(user, source);
      const accepted = await submitTo(user, operation, body);
      assert.equal(accepted.task_id, body["task_id"]);
      const status = await followToEnd(user, accepted.celery_task_id);
      assert.equal(status.status, "complete", JSON.stringify(status));
      for (const url of status.asset_urls ?? []) {
        assert.ok(await fileTypeFromBuffer(await (await fetch(url)).bytes()), url);
      }
      const { calls } = await effectsOf(accepted.celery_task_id);
      assert.deepEqual(calls, ["succeeded"]);
    });
  }
});
