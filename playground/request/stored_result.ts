import type { Task } from "@makeit3d/client";
import type { Backend } from "../connection/backend.ts";
import { accessTokenOf } from "../connection/session.ts";
import type { PickedFile } from "./draft.ts";

type StoredFile = Extract<PickedFile, { kind: "stored" }>;

/** A result of an earlier task, as a file of a request. Throws where there is none. */
export async function storedResult(
  backend: Pick<Backend, "client" | "settings" | "auth">,
  taskId: string,
  index: number,
): Promise<StoredFile> {
  const task = await backend.client.get(taskId);
  const asset = task.assets[index];
  if (!asset) throw new Error("The result is not there any more");
  const { url, mediaType, bytes, width, height } = asset;
  const isModel = mediaType === "model/gltf-binary";
  const facts = mediaType === undefined || bytes === undefined
    ? undefined
    : { mediaType, bytes, width, height };
  return {
    kind: "stored",
    name: `Result of ${task.operation}`,
    url,
    facts,
    taskId,
    previewUrl: isModel ? task.previewUrl : undefined,
    providerTask: isModel ? await providerTaskOf(backend, task) : undefined,
  };
}

/**
 * The name that a model's task has at its provider: `ai_service_task_id` of its row in `models`.
 * Undefined where the row does not tell: the file does as well.
 */
async function providerTaskOf(
  { settings, auth }: Pick<Backend, "settings" | "auth">,
  { id, provider }: Pick<Task, "id" | "provider">,
): Promise<StoredFile["providerTask"]> {
  const columns = "select=ai_service_task_id&limit=1";
  const response = await fetch(
    `${settings.url}/rest/v1/models?celery_task_id=eq.${encodeURIComponent(id)}&${columns}`,
    {
      headers: {
        apikey: settings.publishable_key,
        authorization: `Bearer ${await accessTokenOf(auth)}`,
      },
    },
  );
  if (!response.ok) return undefined;
  const rows: unknown = await response.json();
  const [row]: readonly unknown[] = Array.isArray(rows) ? rows : [];
  const isRow = typeof row === "object" && row !== null && "ai_service_task_id" in row;
  const name = isRow ? row.ai_service_task_id : undefined;
  return typeof name === "string" ? { provider, id: name } : undefined;
}

/** A file in Storage, by its address. */
export function storedFile(url: string): StoredFile {
  return { kind: "stored", name: "Stored file", url, facts: undefined };
}
