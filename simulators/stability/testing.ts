/**
 * What the tests of the simulated Stability share.
 *
 * @module
 */
import { z } from "zod";
import { formRequest, pictureFile } from "../testing.ts";
import { endpoints } from "./endpoints.ts";

export const operations = [
  "text-to-image",
  "image-to-image",
  "sketch-to-image",
  "remove-background",
  "search-and-recolor",
  "image-to-model",
] as const;

export type Operation = (typeof operations)[number];

interface MinimalRequest {
  readonly texts: Readonly<Record<string, string>>;
  readonly image?: File;
}

const image = await pictureFile();
const largeImage = await pictureFile({ width: 640, height: 640 });
const texts = { prompt: "a clay robot" };

/** The smallest valid request of each operation. */
export const minimalRequests: Readonly<Record<Operation, MinimalRequest>> = {
  "text-to-image": { texts },
  "image-to-image": { texts, image },
  "sketch-to-image": { texts, image },
  "remove-background": { texts: {}, image },
  "search-and-recolor": { texts: { ...texts, select_prompt: "the arm" }, image },
  "image-to-model": { texts: {}, image: largeImage },
};

/** The address of an operation. */
export function addressOf(operation: Operation): string {
  const endpoint = endpoints.find((candidate) => candidate.operation === operation);
  if (endpoint === undefined) throw new Error(`No endpoint for ${operation}`);
  return `/stability${endpoint.path}`;
}

/** A valid request but for the changes; a part that becomes undefined is left out. */
export function stabilityRequest(
  operation: Operation,
  changes: Readonly<Record<string, string | File | undefined>> = {},
  headers: Readonly<Record<string, string>> = {},
): RequestInit {
  const { texts, ...files } = minimalRequests[operation];
  const parts: [string, string | File][] = [];
  for (const [name, value] of Object.entries({ ...texts, ...files, ...changes })) {
    if (value !== undefined) parts.push([name, value]);
  }
  return formRequest(parts, headers);
}

const errorBodySchema = z.strictObject({
  id: z.string().min(1),
  name: z.string(),
  errors: z.array(z.string()).min(1),
});

/** What a refusal says: status, name, and the fields its errors name. */
export async function readRefusal(
  response: Response,
): Promise<readonly [status: number, name: string, ...fields: string[]]> {
  const { name, errors } = errorBodySchema.parse(await response.json());
  const fields = errors.map((error) => /^([\w-]+): /.exec(error)?.[1] ?? "");
  return [response.status, name, ...fields.filter((field) => field !== "")];
}

const imageBodySchema = z.strictObject({
  image: z.base64(),
  finish_reason: z.enum(["SUCCESS", "CONTENT_FILTERED"]),
  seed: z.int(),
});

/** Reads a successful answer in JSON. */
export async function readImageBody(response: Response): Promise<z.infer<typeof imageBodySchema>> {
  return imageBodySchema.parse(await response.json());
}
