import { headersOf } from "../../support/client.ts";
import type { HostileCase, Scene } from "../hostile_case.ts";
import { badField, submission } from "../requests.ts";
import { SQL } from "./wrong_values.ts";

/** What belongs to somebody else, on every route that takes an id or an address. */
export function otherUsersIds(scene: Scene): HostileCase[] {
  const { caller, foreign, picture, model } = scene;
  const headers = headersOf(caller.token);
  const onTask = (method: string, path: string, query = ""): HostileCase => ({
    name: `${method} ${path.replace(foreign.taskId, "{id}")}${query}`,
    method,
    path: `${path}${query}`,
    headers,
    error: "not_found",
    words: /^No such task$/,
  });
  const id = foreign.taskId;
  const noFile = { error: "invalid_asset", words: /No such file, or not yours/ } as const;
  const file = (
    operation: string,
    provider: string,
    fields: Record<string, unknown>,
  ): HostileCase =>
    submission(scene, `file of another, ${provider}`, operation, { provider, ...fields }, noFile);
  const draft = (name: string, draftId: string): HostileCase =>
    submission(scene, `draft ${name}`, "refine-model", {
      provider: "tripo",
      // A file alone has no prompt; only an own draft would have one.
      input_model_asset_url: model,
      draft_model_task_id: draftId,
    }, badField("prompt"));
  const prompt = "x";
  return [
    onTask("GET", `tasks/${id}/status`),
    onTask("GET", `tasks/${id}/status`, "?service=openai"),
    onTask("GET", `tasks/${id.toUpperCase()}/status`),
    onTask("GET", `tasks/${id}/status`, "?wait=25"),
    { ...onTask("GET", `tasks/${id}/status`), headers: { ...headers, "If-None-Match": "*" } },
    onTask("GET", `tasks-status/${id}`),
    onTask("GET", `tasks-status/${id}`, `?user_id=${foreign.user.id}`),
    onTask("DELETE", `tasks/${id}`),
    onTask("DELETE", `tasks-status/${id}`),
    onTask("DELETE", `tasks/${id}`, "?purge=true"),
    onTask("DELETE", `tasks-status/${id}`, "?purge=true"),
    onTask("DELETE", `tasks/${id.toUpperCase()}`, `?purge=true&user_id=${foreign.user.id}`),
    draft("of another user", foreign.draftId),
    draft("of nobody", crypto.randomUUID()),
    draft("is the task of another user", id),
    draft("is SQL", SQL),
    draft("is SQL that is always true", "' or '1'='1"),
    file("image-to-image", "openai", { prompt, input_image_asset_url: foreign.picture }),
    file("image-to-image", "flux", { prompt, input_image_asset_url: foreign.picture }),
    file("remove-background", "stability", { input_image_asset_url: foreign.picture }),
    file("remove-background", "recraft", { input_image_asset_url: foreign.picture }),
    file("sketch-to-image", "stability", { prompt, input_sketch_asset_url: foreign.picture }),
    file("image-inpaint", "recraft", {
      prompt,
      input_image_asset_url: picture,
      input_mask_asset_url: foreign.picture,
    }),
    file("image-to-model", "tripo", { input_image_asset_urls: [picture, foreign.picture] }),
    file("image-to-model", "tripo", { input_image_asset_urls: [foreign.picture, null] }),
    file("refine-model", "tripo", {
      prompt,
      input_model_asset_url: foreign.picture.replace(".png", ".glb"),
    }),
  ];
}
