/**
 * The moderation endpoint: free, for texts and for one image.
 *
 * Source: https://developers.openai.com/api/docs/guides/moderation (20 MB an image) and the types of
 * https://github.com/openai/openai-node (`resources/moderations`). That a second image is refused, and
 * in which words, is not in it: https://github.com/antiwork/gumroad/pull/4709 shows an answer.
 *
 * `sim:flagged` in a text, or `sim-flagged` in the address of an image, is what it flags.
 *
 * @module
 */
import { z } from "zod";
import { readDataUrl } from "../data_url.ts";
import { openFile, readAtMost } from "../fetch_file.ts";
import { readImage } from "../image_file.ts";
import { OpenAiError } from "./errors.ts";

/** The name of its requests, as faults spell it. */
export const MODERATION = "moderation";

const models = ["omni-moderation-latest", "omni-moderation-2024-09-26"];

const MAX_IMAGE_BYTES = 20_000_000;

const image = z.strictObject({
  type: z.literal("image_url"),
  image_url: z.strictObject({ url: z.string() }),
});
const text = z.strictObject({ type: z.literal("text"), text: z.string() });

const bodySchema = z.strictObject({
  model: z.string().default("omni-moderation-latest"),
  input: z.union([
    z.string(),
    z.array(z.string()).min(1),
    z.array(z.discriminatedUnion("type", [text, image])).min(1),
  ]),
});

/** Categories, and what each can be seen in. */
const categories: Readonly<Record<string, readonly string[]>> = {
  harassment: ["text"],
  "harassment/threatening": ["text"],
  hate: ["text"],
  "hate/threatening": ["text"],
  illicit: ["text"],
  "illicit/violent": ["text"],
  "self-harm": ["text", "image"],
  "self-harm/intent": ["text", "image"],
  "self-harm/instructions": ["text", "image"],
  sexual: ["text", "image"],
  "sexual/minors": ["text"],
  violence: ["text", "image"],
  "violence/graphic": ["text", "image"],
};

/** What of an input is looked at. */
interface Part {
  readonly kind: "text" | "image";
  readonly isFlagged: boolean;
}

/** Answers with a rating for each text of a list, or one for all parts of a mixed input. */
export async function answerModeration(body: unknown): Promise<Response> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    throw new OpenAiError("invalid_value", "Invalid value for 'input'.", { param: "input" });
  }
  const { model, input } = parsed.data;
  if (!models.includes(model)) {
    throw new OpenAiError("model_not_found", `The model '${model}' does not exist.`, {
      param: "model",
    });
  }
  return Response.json({
    id: `modr-${crypto.randomUUID().replaceAll("-", "")}`,
    model,
    results: (await partsOf(input)).map(ratingOn),
  });
}

async function partsOf(input: z.infer<typeof bodySchema>["input"]): Promise<Part[][]> {
  if (typeof input === "string") return [[textPart(input)]];
  const texts = input.filter((entry) => typeof entry === "string");
  if (texts.length > 0) return texts.map((entry) => [textPart(entry)]);
  const entries = input.filter((entry) => typeof entry !== "string");
  const images = entries.filter((entry) => entry.type === "image_url").length;
  if (images > 1) {
    const message = `Number of images (${images}) exceeds maximum of 1`;
    throw new OpenAiError("too_many_images", message, { param: "input" });
  }
  return [
    await Promise.all(
      entries.map((entry) =>
        entry.type === "text" ? textPart(entry.text) : imagePart(entry.image_url.url)
      ),
    ),
  ];
}

function textPart(words: string): Part {
  return { kind: "text", isFlagged: words.includes("sim:flagged") };
}

async function imagePart(url: string): Promise<Part> {
  const bytes = await readBytes(url);
  if (bytes === undefined || await readImage(bytes) === undefined) {
    throw new OpenAiError("invalid_image_url", "Invalid image.", { param: "input" });
  }
  return { kind: "image", isFlagged: new URL(url).pathname.includes("sim-flagged") };
}

async function readBytes(url: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const inside = readDataUrl(url);
  if (inside === "bad base64") return undefined;
  if (inside !== "no data address") {
    return inside.bytes.length <= MAX_IMAGE_BYTES ? inside.bytes : undefined;
  }
  const file = await openFile(url);
  if (typeof file === "string") {
    throw new OpenAiError("failed_to_download_image", `Failed to download the image: ${file}.`, {
      param: "input",
    });
  }
  return await readAtMost(file.body, MAX_IMAGE_BYTES);
}

/** Violence it is, in whatever was flagged; the rest is hardly there. */
function ratingOn(parts: readonly Part[]): Record<string, unknown> {
  const kinds = new Set(parts.map(({ kind }) => kind as string));
  const flagged = parts.some(({ isFlagged }) => isFlagged);
  const isFlagged = (name: string): boolean => flagged && name === "violence";
  const perCategory = <T>(value: (name: string, sees: readonly string[]) => T): Record<string, T> =>
    Object.fromEntries(Object.entries(categories).map(([name, sees]) => [name, value(name, sees)]));
  return {
    flagged,
    categories: perCategory(isFlagged),
    category_scores: perCategory((name, sees) => {
      if (!sees.some((kind) => kinds.has(kind))) return 0;
      return isFlagged(name) ? 0.86 : 0.0004;
    }),
    category_applied_input_types: perCategory((_, sees) => sees.filter((kind) => kinds.has(kind))),
  };
}
