/**
 * Files handed in through the API.
 *
 * Sources: https://developers.tripo3d.ai/en/docs/files,
 * https://developers.tripo3d.ai/en/docs/files-presign
 *
 * @module
 */
import { z } from "zod";
import { isMediaType, readFormParts } from "../form_parts.ts";
import { TripoError } from "./errors.ts";
import { readBody } from "./fields.ts";
import { RESERVATION_SECONDS } from "./file_store.ts";
import { type Caller, succeedWith, type TripoService } from "./service.ts";
import {
  inspectFile,
  MAXIMUM_IMAGE_SIZE,
  MAXIMUM_MODEL_SIZE,
  type StoredFile,
} from "./stored_file.ts";

/**
 * Reads the file of `POST /files`.
 *
 * @throws TripoError when there is none, or not of a kind that can be handed in.
 */
export async function readUpload(request: Request): Promise<StoredFile> {
  const contentType = request.headers.get("content-type");
  if (contentType === null || !isMediaType(contentType, "multipart/form-data")) {
    throw new TripoError("wrong_content_type");
  }
  const form = await readFormParts(await request.bytes(), contentType);
  if (form === undefined) throw new TripoError("malformed_body");
  const part = form.values["file"];
  if (!(part instanceof File) || form.repeated.includes("file")) {
    throw new TripoError("invalid_parameter", "file: expected one part of this name with a file");
  }
  if (part.size === 0) throw new TripoError("empty_file");
  refuseUnsimulated(part.name.slice(part.name.lastIndexOf(".") + 1).toLowerCase());
  const file = part.size > MAXIMUM_MODEL_SIZE
    ? undefined
    : await inspectFile(part.name, part.stream());
  if (file === undefined) throw new TripoError("file_too_large");
  checkKind(file);
  return file;
}

function checkKind({ content, description }: StoredFile): void {
  if (content.kind === "model") return;
  if (description.size > MAXIMUM_IMAGE_SIZE) throw new TripoError("file_too_large");
  const isPicture = content.kind === "image" &&
    ["image/jpeg", "image/png"].includes(content.facts.mediaType);
  if (!isPicture) throw new TripoError("unsupported_file");
}

/** Keeps a file, and answers with its token. */
export function answerUpload(file: StoredFile, { files }: TripoService, owner: string): Response {
  return succeedWith({ file_token: files.add(owner, file) });
}

const presignSchema = z.looseObject({ format: z.string() });
const simulatedFormats = ["glb", "png", "jpg", "jpeg"];

/**
 * Reads `POST /files/presign`.
 *
 * @throws TripoError when the format is none that can be handed in.
 */
export async function readPresign(request: Request): Promise<void> {
  const { fields: { format } } = await readBody(request, presignSchema);
  refuseUnsimulated(format);
  if (!simulatedFormats.includes(format)) throw new TripoError("unsupported_file");
}

/** Makes room for a file, and answers where to send it. */
export function answerPresign({ files }: TripoService, { owner, origin }: Caller): Response {
  const { token, signature } = files.reserve(owner);
  return succeedWith({
    presigned_url: `${origin}/tripo/storage/uploads/${token}?signature=${signature}`,
    file_token: token,
    expires_in: RESERVATION_SECONDS,
  });
}

function refuseUnsimulated(format: string): void {
  if (["gltf", "fbx", "obj", "stl"].includes(format)) {
    throw new TripoError("not_simulated", `The format '${format}' is not simulated`);
  }
}
