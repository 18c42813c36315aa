/**
 * What the `input` of a request stands for: a file or another task.
 *
 * Source: https://developers.tripo3d.ai/en/docs/files
 *
 * @module
 */
import type { Bitmap } from "../drawing/bitmap.ts";
import { openFile } from "../fetch_file.ts";
import type { FileDescription } from "../ledger.ts";
import { TripoError } from "./errors.ts";
import type { Reference } from "./fields.ts";
import type { FileStore } from "./file_store.ts";
import { inspectFile, MAXIMUM_IMAGE_SIZE, type StoredFile } from "./stored_file.ts";
import type { Task, Tasks } from "./tasks.ts";

export type Source =
  | { readonly kind: "file"; readonly file: StoredFile }
  | { readonly kind: "task"; readonly task: Task };

/** Where an account's files and tasks are. */
export interface Account {
  readonly owner: string;
  readonly files: FileStore;
  readonly tasks: Tasks;
}

/** A picture that a model is made of. */
export interface ImageSource {
  readonly description: FileDescription;
  readonly miniature: Bitmap;
}

const MINIMUM_IMAGE_SIDE = 256;

/**
 * A picture.
 *
 * @throws TripoError when there is none, or not of the right kind or size.
 */
export async function readImageSource(
  value: Reference,
  field: string,
  account: Account,
): Promise<ImageSource> {
  const source = await readSource(value, field, account);
  // The tasks there are here make models; those that make pictures are not simulated.
  if (source.kind === "task") throw new TripoError("wrong_source_task");
  const { content, description } = source.file;
  if (content.kind !== "image") throw invalid(field, "it is no whole JPEG, PNG or WebP");
  if (description.size > MAXIMUM_IMAGE_SIZE) throw invalid(field, "it is larger than 20 MB");
  if (Math.min(content.facts.width, content.facts.height) < MINIMUM_IMAGE_SIDE) {
    throw invalid(field, "it is smaller than 256x256 pixels");
  }
  return { description, miniature: content.facts.miniature };
}

/**
 * A model.
 *
 * @throws TripoError when there is none, or it is not whole or not finished.
 */
export async function readModelSource(
  value: string,
  field: string,
  account: Account,
): Promise<Source> {
  const source = await readSource(value, field, account);
  if (source.kind === "file") {
    if (source.file.content.kind === "model") return source;
    throw invalid(field, "it is no whole GLB");
  }
  const state = account.tasks.observe(source.task);
  if (state.phase === "ended" && state.ending.status === "success") return source;
  throw new TripoError("source_task_failed");
}

async function readSource(value: Reference, field: string, account: Account): Promise<Source> {
  const text = typeof value === "string" ? value : readFileObject(value, field);
  if (/^https?:/i.test(text)) return { kind: "file", file: await fetchSource(text, field) };
  if (/^[a-z][a-z0-9+.-]*:/i.test(text)) throw invalid(field, "it is no http(s) address");
  if (text.startsWith("file_")) {
    const file = account.files.find(account.owner, text);
    if (file === undefined) throw invalid(field, "the file token is unknown or expired");
    return { kind: "file", file };
  }
  const task = account.tasks.find(account.owner, text);
  if (task === undefined) throw new TripoError("task_not_found");
  return { kind: "task", task };
}

function readFileObject(
  { url, file_token, object }: Exclude<Reference, string>,
  field: string,
): string {
  if (object !== undefined) {
    throw new TripoError("not_simulated", `${field}.object is not simulated`);
  }
  if (url !== undefined && /^https?:/i.test(url)) return url;
  if (file_token?.startsWith("file_")) return file_token;
  throw invalid(field, "expected one of url and file_token");
}

async function fetchSource(address: string, field: string): Promise<StoredFile> {
  const opened = await openFile(address);
  if (typeof opened === "string") throw invalid(field, opened);
  const file = await inspectFile(opened.name, opened.body);
  if (file === undefined) throw invalid(field, "it is too large or breaks off");
  return file;
}

function invalid(field: string, reason: string): TripoError {
  return new TripoError("invalid_parameter", `${field}: ${reason}`);
}
