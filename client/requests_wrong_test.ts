/**
 * Wrong requests, each a compile error: `deno check` fails where one is none.
 */
import assert from "node:assert/strict";
import type { MakeIt3D } from "./client.ts";
import type { Task } from "./answers.ts";
import type { OnProblem } from "./problems.ts";

declare const photo: Blob;
declare const task: Task;

/** Right ones: what must stay possible. */
export function rightRequests(client: MakeIt3D): void {
  client.generate("text-to-image", { provider: "openai", prompt: "An elephant", n: 2 });
  client.generate("text-to-image", { provider: "recraft", prompt: "x", model: "recraftv3" });
  client.generate("image-to-image", { provider: "flux", prompt: "x", image: photo });
  client.generate("image-inpaint", { provider: "recraft", prompt: "x", image: photo, mask: photo });
  client.generate("sketch-to-image", { provider: "stability", prompt: "x", sketch: "file:///a" });
  client.generate("remove-background", { provider: "stability", image: new Uint8Array(3) });
  client.generate("search-and-recolor", {
    provider: "stability",
    prompt: "x",
    select_prompt: "hat",
    image: { uri: "file:///a.jpg", type: "image", mimeType: "image/jpeg", fileName: null },
  });
  client.generate("text-to-model", { provider: "tripo", prompt: "x", texture_quality: "detailed" });
  client.generate("image-to-model", {
    provider: "stability",
    images: [photo],
    texture_resolution: 1024,
  });
  client.submit("image-to-model", { provider: "tripo", images: [photo, null, ...task.assets] });
  client.estimate("refine-model", { provider: "tripo", model: { url: "https://x" }, prompt: "x" });
  const onUpload = (sent: number, total: number): number => sent / total;
  client.generate("remove-background", { provider: "recraft", image: photo }, { onUpload });
  const onProblem: OnProblem = (problem) => problem?.message;
  client.upload(photo, { onUpload, onProblem });
}

/** Wrong ones. */
export async function wrongRequests(client: MakeIt3D): Promise<void> {
  // Operations and providers.
  // @ts-expect-error 1: no such operation
  client.generate("image-to-video", { provider: "openai", prompt: "x" });
  // @ts-expect-error 2: no provider
  client.generate("text-to-image", { prompt: "x" });
  // @ts-expect-error 3: no such provider
  client.generate("text-to-image", { provider: "midjourney", prompt: "x" });
  // @ts-expect-error 4: it has no such operation
  client.generate("text-to-image", { provider: "tripo", prompt: "x" });
  // @ts-expect-error 5: nor this
  client.generate("text-to-model", { provider: "stability", prompt: "x" });
  // @ts-expect-error 6: nor this
  client.submit("sketch-to-image", { provider: "openai", prompt: "x", sketch: photo });
  client.estimate("image-inpaint", {
    // @ts-expect-error 7: nor this
    provider: "stability",
    prompt: "x",
    image: photo,
    mask: photo,
  });

  // What is missing.
  // @ts-expect-error 8: no prompt
  client.generate("text-to-image", { provider: "openai" });
  // @ts-expect-error 9: no image
  client.generate("image-to-image", { provider: "openai", prompt: "x" });
  // @ts-expect-error 10: no mask
  client.generate("image-inpaint", { provider: "recraft", prompt: "x", image: photo });
  // @ts-expect-error 11: no images
  client.generate("image-to-model", { provider: "tripo" });
  // @ts-expect-error 12: no name of what is to be found
  client.generate("search-and-recolor", { provider: "stability", prompt: "x", image: photo });
  // @ts-expect-error 13: no model
  client.generate("refine-model", { provider: "tripo", prompt: "x" });
  // @ts-expect-error 14: no request
  client.generate("text-to-image");

  // Fields of another provider, of another operation, of nobody.
  // @ts-expect-error 15: Stability's
  client.generate("image-to-model", { provider: "tripo", images: [photo], remesh: "quad" });
  // @ts-expect-error 16: Tripo's
  client.generate("image-to-model", { provider: "stability", images: [photo], face_limit: 9 });
  // @ts-expect-error 17: Recraft's
  client.generate("text-to-image", { provider: "openai", prompt: "x", model: "recraftv3" });
  // @ts-expect-error 18: there is nothing to upload
  client.generate("text-to-image", { provider: "openai", prompt: "x", image: photo });
  // @ts-expect-error 19: a typing mistake
  client.generate("text-to-image", { provider: "openai", promt: "x" });
  // @ts-expect-error 20: the client's own
  client.generate("text-to-image", { provider: "openai", prompt: "x", task_id: "y" });
  client.generate("remove-background", {
    provider: "stability",
    // @ts-expect-error 21: the API's name; files have the client's
    input_image_asset_url: "https://x",
  });

  // Values.
  // @ts-expect-error 22: a number
  client.generate("text-to-image", { provider: "openai", prompt: 3 });
  // @ts-expect-error 23: no such quality
  client.generate("text-to-model", { provider: "tripo", prompt: "x", texture_quality: "best" });
  // @ts-expect-error 24: text for a number
  client.generate("text-to-image", { provider: "openai", prompt: "x", n: "2" });
  // @ts-expect-error 25: text for a switch
  client.generate("text-to-model", { provider: "tripo", prompt: "x", texture: "yes" });
  // @ts-expect-error 26: one for a list
  client.generate("image-to-model", { provider: "tripo", images: photo });
  // @ts-expect-error 27: a list for one
  client.generate("remove-background", { provider: "stability", image: [photo] });
  // @ts-expect-error 28: no file
  client.generate("remove-background", { provider: "stability", image: 42 });
  // @ts-expect-error 29: null is for a list
  client.generate("remove-background", { provider: "stability", image: null });
  // @ts-expect-error 30: no file either
  client.upload({ name: "photo.jpg" });

  // Options and answers.
  // @ts-expect-error 31: no such option
  client.generate("text-to-image", { provider: "openai", prompt: "x" }, { timeout: 5 });
  // @ts-expect-error 32: what an abort does
  client.generate("text-to-image", { provider: "openai", prompt: "x" }, { onAbort: "pause" });
  const { status, assets } = await client.generate("text-to-image", {
    provider: "openai",
    prompt: "x",
  });
  // @ts-expect-error 33: a result is complete
  assert.equal(status === "failed", false);
  // @ts-expect-error 34: one that may not be there
  assert.ok(assets[0].url);
  // @ts-expect-error 35: no such state
  client.list({ status: "done" });
  // @ts-expect-error 36: the API's name
  assert.ok((await client.get("id")).celery_task_id);
  // @ts-expect-error 37: a result of another operation
  const other: { operation: "image-to-image" } = await client.generate("text-to-image", {
    provider: "openai",
    prompt: "x",
  });
  assert.ok(other);

  // Uploads and availability.
  // @ts-expect-error 38: bytes are numbers
  client.upload(photo, { onUpload: (sent: string) => sent });
  // @ts-expect-error 39: it is called onUpload everywhere
  client.upload(photo, { onProgress: () => {} });
  const offers = await client.availability();
  // @ts-expect-error 40: no such state
  assert.ok(offers[0]?.availability === "full");
  const [model] = offers.filter(({ operation }) => operation === "text-to-model");
  assert.ok(model?.operation === "text-to-model");
  // @ts-expect-error 41: that provider has no such operation
  assert.ok(model.provider === "openai");
}

Deno.test("at least thirty wrong requests are compile errors", async () => {
  const text = await Deno.readTextFile(new URL(import.meta.url));
  const numbers = [...text.matchAll(/@ts-expect-error (\d+):/g)].map(([, number]) =>
    Number(number)
  );
  assert.deepEqual(numbers, numbers.map((_, place) => place + 1));
  assert.ok(numbers.length >= 30);
});
