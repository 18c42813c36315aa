import { z } from "zod";
import type { Bytes } from "../bytes.ts";
import type { AssetKind } from "../contract/operations.ts";
import type { Asset } from "../providers/adapter.ts";
import { type FailureReason, ProviderError } from "../providers/provider_error.ts";
import { assetPath, objectAddress, type StorageObject } from "./asset_url.ts";
import { fileMetadata, type FileVersion, isSameFile, plainEtag } from "./file_version.ts";
import { detectInputType, HEAD_BYTES } from "./media_type.ts";
import { secretHeaders, type StorageAccess } from "./storage_access.ts";

/** A hung Storage must not hold a step for ever; the largest input is there within seconds. */
const TIMEOUT_MILLISECONDS = 60_000;

/** What a worker is to read. */
export interface InputFile {
  readonly object: StorageObject;
  /** No byte more is read, whatever is there. */
  readonly maxBytes: number;
  /** As it was when the request was checked; undefined if that was not kept. */
  readonly checked?: FileVersion | undefined;
}

/** Reads an input file past all policies: who may read it has been checked before. */
export type InputReader = (file: InputFile, kind: AssetKind) => Promise<Asset>;

/**
 * The reader throws a ProviderError: `invalid_input` if the file is gone, is no longer what was
 * checked, or is not of the kind; `storage_failed` if Storage does not answer with it. Plain HTTP,
 * because the client of Storage puts names into its URLs as they are, and reads without an end.
 */
export function createInputReader(access: StorageAccess): InputReader {
  return async (file, kind) => {
    const downloaded = await download(access, file);
    await confirmUnchanged(access, file, downloaded);
    const { content } = downloaded;
    if (!content) throw changed(file);
    const head = new Uint8Array(await content.slice(0, HEAD_BYTES).arrayBuffer());
    const type = await detectInputType(head, kind);
    if (!type) throw new ProviderError("invalid_input", `No ${kind}: ${nameOf(file)}`);
    return { content, ...type };
  };
}

interface Download {
  /** Undefined if it is longer than what may be read. */
  readonly content: Blob | undefined;
  readonly etag: string | undefined;
}

async function download(access: StorageAccess, file: InputFile): Promise<Download> {
  const { object, maxBytes, checked } = file;
  const address = objectAddress(access.supabaseUrl, { ...object, version: checked?.version });
  const response = await ask(access, address, file);
  try {
    const content = Number(response.headers.get("content-length")) > maxBytes
      ? undefined
      : await readAtMost(response.body, maxBytes);
    return { content, etag: plainEtag(response.headers.get("etag")) };
  } catch (cause) {
    throw unreadable(file, cause);
  } finally {
    // Of what is too long, nothing more is to come.
    if (response.body && !response.bodyUsed) await response.body.cancel().catch(() => {});
  }
}

async function readAtMost(
  body: ReadableStream<Bytes> | null,
  maxBytes: number,
): Promise<Blob | undefined> {
  const pieces: Bytes[] = [];
  let length = 0;
  for await (const piece of body ?? []) {
    length += piece.length;
    if (length > maxBytes) return undefined;
    pieces.push(piece);
  }
  return new Blob(pieces);
}

/** What Storage lists: the platform as columns, the local one as it keeps them. */
const listed = z.object({
  version: z.string().nullish(),
  size: z.number().nullish(),
  etag: z.string().nullish(),
  metadata: z.unknown().optional(),
});

/**
 * The answer itself says which content it has, where Storage and the caches before it tell the same
 * ETag as the row of the file. Where they do not, the row is asked for: after the download, so that
 * what was read is not newer.
 */
async function confirmUnchanged(
  access: StorageAccess,
  file: InputFile,
  { content, etag }: Download,
): Promise<void> {
  const { object, checked } = file;
  if (!checked) return;
  const hasItsLength = content?.size === checked.bytes;
  if (hasItsLength && etag !== undefined && etag === checked.etag) return;
  const address = `${access.supabaseUrl}/storage/v1/object/info/${assetPath(object)}`;
  const response = await ask(access, address, file);
  const now = await response.json().then((row) => versionOf(listed.parse(row))).catch((cause) => {
    throw unreadable(file, cause);
  });
  if (!isSameFile(checked, now)) throw changed(file);
  // A cache on the way may have an earlier upload for a while.
  if (!hasItsLength) throw unreadable(file, `Other than ${checked.bytes} bytes came`);
}

function versionOf({ version, size, etag, metadata }: z.infer<typeof listed>): FileVersion {
  // What the platform calls metadata here is the user's own.
  const kept = size === undefined ? fileMetadata.parse(metadata) : undefined;
  return {
    bytes: size ?? kept?.size ?? -1,
    etag: plainEtag(etag ?? kept?.eTag),
    version: version ?? undefined,
  };
}

async function ask(access: StorageAccess, address: string, file: InputFile): Promise<Response> {
  const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
  // Not compressed on the way: the length that is told must be that of the file.
  const headers = { ...secretHeaders(access), "accept-encoding": "identity" };
  const response = await fetch(address, { headers, signal }).catch((cause) => {
    throw unreadable(file, cause);
  });
  if (response.ok) return response;
  const told = await statusOf(response);
  if (told === "404") {
    throw new ProviderError("invalid_input", `Is gone: ${nameOf(file)}`, {
      reason: "input_deleted",
    });
  }
  throw unreadable(file, `Storage answers ${told}`);
}

/** Storage has its own status in the body of a 400. */
async function statusOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined);
  const { data } = z.object({ statusCode: z.coerce.string() }).safeParse(body);
  return response.status === 400 && data ? data.statusCode : String(response.status);
}

function changed(file: InputFile): ProviderError {
  const reason: FailureReason = "input_changed";
  const message = `Is not what was checked at the submit: ${nameOf(file)}`;
  return new ProviderError("invalid_input", message, { reason });
}

function unreadable(file: InputFile, cause: unknown): ProviderError {
  const words = cause instanceof Error ? cause.message : String(cause);
  return new ProviderError("storage_failed", `Cannot read ${nameOf(file)}: ${words}`, { cause });
}

function nameOf({ object: { bucket, path } }: InputFile): string {
  return `${bucket}/${path}`;
}
