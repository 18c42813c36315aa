import assert from "node:assert/strict";
import { bytesOutput } from "../../shared/providers/adapter.ts";
import { createAssetStore } from "../../shared/storage/asset_store.ts";
import { createSaveResults } from "../../supabase/functions/worker/step/save_results.ts";
import { markedFiles } from "../../testing/marked_files.ts";
import { recordLog } from "../../testing/recorded_log.ts";
import { signIn } from "../support/client.ts";
import { stack } from "../support/stack.ts";

Deno.test("marks of origin are stored byte for byte", async (t) => {
  const store = createAssetStore({
    supabaseUrl: stack.projectUrl,
    publicUrl: stack.projectUrl,
    secretKey: stack.secrets.secretKey,
    bucket: "generated",
    isPublic: true,
  });
  const save = createSaveResults(store, recordLog().log);
  const { id: userId } = await signIn();
  const { signal } = new AbortController();
  for (const { name, kind, bytes } of await markedFiles()) {
    await t.step(name, async () => {
      const task = { userId, taskId: crypto.randomUUID() };
      const claim = { ...task, handle: "job", failedAttempts: 0 };
      const [{ url = "" } = {}] = await save(claim, kind, [bytesOutput(bytes)], signal);
      const response = await fetch(url);
      assert.equal(response.status, 200);
      assert.ok(new Uint8Array(await response.arrayBuffer()).every((byte, i) => byte === bytes[i]));
      assert.equal(response.headers.get("content-length"), String(bytes.length));
      await store.remove("generated", [new URL(url).pathname.split("/generated/")[1] ?? ""]);
    });
  }
});
