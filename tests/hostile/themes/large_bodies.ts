import type { HostileCase, Scene } from "../hostile_case.ts";
import { badField, rawBody, submission } from "../requests.ts";

const TOO_LARGE = { error: "payload_too_large", words: /larger than 256 KB/ } as const;

/** Sent in pieces, without a length. */
function chunked(bytes: number): ReadableStream<Uint8Array> {
  const piece = new Uint8Array(16 * 1024).fill(0x20);
  let left = bytes;
  return new ReadableStream({
    pull(controller) {
      if (left <= 0) return controller.close();
      controller.enqueue(piece.slice(0, Math.min(left, piece.length)));
      left -= piece.length;
    },
  });
}

const KILOBYTE = 1024;

const SIZES: Readonly<Record<string, number>> = {
  "256 KB and a byte": 256 * KILOBYTE + 1,
  "1 MB": KILOBYTE * KILOBYTE,
  "5 MB": 5 * KILOBYTE * KILOBYTE,
};

const base = { provider: "openai", prompt: "x" };

/** Requests that are to cost memory or time. */
export function largeBodies(scene: Scene): HostileCase[] {
  const picture = (
    name: string,
    fields: Record<string, unknown>,
    field: string,
  ): HostileCase =>
    submission(scene, name, "text-to-image", { ...base, ...fields }, badField(field));
  return [
    ...Object.entries(SIZES).flatMap(([name, bytes]) => [
      rawBody(scene, name, () => " ".repeat(bytes), TOO_LARGE),
      rawBody(scene, `${name}, sent in pieces`, () => chunked(bytes), TOO_LARGE),
    ]),
    picture("a prompt of 32,001 letters", { prompt: "x".repeat(32_001) }, "prompt"),
    picture("a prompt of 60,000 spaces", { prompt: " ".repeat(60_000) }, "prompt"),
    picture("a task_id of 201 letters", { task_id: "x".repeat(201) }, "task_id"),
    picture("a task_id of 50,000 letters", { task_id: "x".repeat(50_000) }, "task_id"),
    picture("a field of 60,000 letters", { ["f".repeat(60_000)]: 1 }, "f".repeat(100) + "…"),
    picture(
      "5,000 unknown fields",
      Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`f${index}`, 1])),
      "f0",
    ),
    picture("a list of 20,000", { n: Array.from({ length: 20_000 }, () => 1) }, "n"),
    submission(
      scene,
      "a provider of 50,000 letters",
      "text-to-image",
      { ...base, provider: "x".repeat(50_000) },
      { error: "unsupported_provider", words: /^Unsupported provider / },
    ),
    submission(
      scene,
      "10,000 views",
      "image-to-model",
      { provider: "tripo", input_image_asset_urls: Array.from({ length: 10_000 }, () => "x") },
      badField("input_image_asset_urls"),
    ),
    ...["1e400", "-1e400", "9".repeat(60_000), `0.${"1".repeat(60_000)}`].map((number) =>
      rawBody(
        scene,
        `the number ${number.slice(0, 10)} (${number.length} digits)`,
        () => `{"task_id": "t", "provider": "openai", "prompt": "x", "n": ${number}}`,
        badField("n"),
      )
    ),
  ];
}
