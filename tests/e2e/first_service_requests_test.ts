import assert from "node:assert/strict";
import { type StatusBody, statusBody } from "../../shared/contract/responses.ts";
import { headersOf, signIn, submitTo } from "../support/client.ts";
import { uploadMask, uploadPicture } from "../support/inputs.ts";
import { stack } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";

/**
 * The requests that the service before this one was tested with over HTTP: with their odd fields, and
 * followed as those tests did, under the name of a service.
 *
 * @module
 */

interface OldRequest {
  readonly operation: string;
  readonly provider: string;
  /** The name under which the status is asked for. */
  readonly service: string;
  readonly fields: Record<string, unknown>;
}

const user = await signIn();
const photo = await uploadPicture(user, "portrait-boy.jpg", { format: "jpeg" });
const concept = await uploadPicture(user, "sketch-cat-concept");
const mask = await uploadMask(user, "sketch-cat-concept-mask.png");
const views = await Promise.all(
  ["front", "left", "back", "right"].map((name) => uploadPicture(user, `${name}_portrait-boy.png`)),
);

const images: readonly OldRequest[] = [
  {
    operation: "image-to-image",
    provider: "openai",
    service: "openai",
    fields: {
      input_image_asset_url: photo,
      prompt: "Transform me into a toy action figure, made out of plastic",
      style: "Cartoonish, cute but still realistic.",
      n: 1,
      background: "transparent",
    },
  },
  {
    operation: "image-to-image",
    provider: "stability",
    service: "stability",
    fields: {
      input_image_asset_url: photo,
      prompt: "A cartoon character with vibrant colors",
      style_preset: "anime",
      fidelity: 0.8,
      output_format: "png",
    },
  },
  {
    operation: "image-to-image",
    provider: "recraft",
    service: "recraft",
    fields: {
      input_image_asset_url: photo,
      prompt: "A digital art style with bold colors",
      style: "digital_illustration",
      strength: 0.8,
      n: 1,
    },
  },
  {
    operation: "image-to-image",
    provider: "flux",
    service: "flux",
    fields: {
      input_image_asset_url: photo,
      prompt: "Change the background to a futuristic cityscape at dusk.",
      aspect_ratio: "1:1",
      output_format: "png",
      safety_tolerance: 2,
    },
  },
  {
    operation: "text-to-image",
    provider: "openai",
    service: "openai",
    fields: {
      prompt: "A violet colored cartoon flying elephant",
      style: "vivid",
      n: 1,
      size: "1024x1024",
      quality: "standard",
    },
  },
  {
    operation: "text-to-image",
    provider: "stability",
    service: "stability",
    fields: {
      prompt: "A majestic dragon over a fantasy castle at sunset",
      style_preset: "fantasy-art",
      aspect_ratio: "16:9",
      output_format: "png",
    },
  },
  {
    operation: "text-to-image",
    provider: "recraft",
    service: "recraft",
    fields: {
      prompt: "A futuristic robot in a city with neon lights",
      style: "digital_illustration",
      substyle: "cyberpunk",
      n: 1,
      size: "1024x1024",
    },
  },
  {
    operation: "remove-background",
    provider: "stability",
    service: "stability",
    fields: { input_image_asset_url: photo, output_format: "png" },
  },
  {
    operation: "remove-background",
    provider: "recraft",
    service: "recraft",
    fields: { input_image_asset_url: photo, response_format: "png" },
  },
  {
    operation: "sketch-to-image",
    provider: "stability",
    service: "stability",
    fields: {
      input_sketch_asset_url: photo,
      prompt: "A realistic colorful image",
      control_strength: 0.8,
      style_preset: "photographic",
      output_format: "png",
    },
  },
  {
    operation: "image-inpaint",
    provider: "recraft",
    service: "openai",
    fields: {
      input_image_asset_url: concept,
      input_mask_asset_url: mask,
      prompt: "Add large feathery wings with rainbow colors",
      negative_prompt: "blurry, low quality, distorted, deformed",
      n: 1,
      style: "realistic_image",
      model: "recraftv3",
      response_format: "url",
    },
  },
  {
    operation: "search-and-recolor",
    provider: "stability",
    service: "stability",
    fields: {
      input_image_asset_url: concept,
      prompt: "Light blue cat with dark blue stripes",
      select_prompt: "cat",
      negative_prompt: "blurry, low quality, orange",
      grow_mask: 3,
      seed: 0,
      output_format: "png",
      style_preset: null,
    },
  },
];

const models: readonly OldRequest[] = [
  {
    operation: "text-to-model",
    provider: "tripo",
    service: "tripoai",
    fields: { prompt: "A violet colored cartoon flying elephant", texture_quality: "standard" },
  },
  {
    operation: "image-to-model",
    provider: "tripo",
    service: "tripoai",
    fields: {
      input_image_asset_urls: views.slice(0, 1),
      prompt: "3D model from image",
      texture_quality: "standard",
    },
  },
  {
    operation: "image-to-model",
    provider: "stability",
    service: "stability",
    fields: {
      input_image_asset_urls: views.slice(0, 1),
      prompt: "High quality 3D model",
      texture_resolution: 1024,
      remesh: "quad",
      foreground_ratio: 0.85,
    },
  },
  {
    operation: "image-to-model",
    provider: "tripo",
    service: "tripoai",
    fields: {
      input_image_asset_urls: views,
      prompt: "High quality 3D model from multiview images",
      texture_quality: "detailed",
      pbr: true,
    },
  },
];

async function followToEnd(id: string, service: string): Promise<StatusBody> {
  return await waitUntil("the end of the task", async () => {
    const response = await fetch(`${stack.functionsUrl}/tasks/${id}/status?service=${service}`, {
      headers: headersOf(user.token),
    });
    const status = statusBody.parse(await response.json());
    return status.finished_at !== undefined && status;
  });
}

Deno.test("what apps of the service before send ends with a file that can be had", async (t) => {
  const requests = [...images, ...models];
  const answers = await Promise.allSettled(
    requests.map(({ operation, provider, fields }) =>
      submitTo(user, operation, { provider, ...fields })
    ),
  );
  for (const [index, { operation, provider, service, fields }] of requests.entries()) {
    await t.step(`${operation} at ${provider}: ${Object.keys(fields).join(", ")}`, async () => {
      const answer = answers[index];
      if (answer?.status !== "fulfilled") throw answer?.reason;
      const { status, error, asset_url = "" } = await followToEnd(
        answer.value.celery_task_id,
        service,
      );
      assert.equal(status, "complete", error);
      const file = await fetch(asset_url);
      assert.equal(file.status, 200);
      assert.ok((await file.bytes()).length > 1_000);
    });
  }
});
