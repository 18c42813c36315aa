import { z } from "zod";
import type { AssetKind } from "../contract/operations.ts";
import { FileStream } from "../inputs/cut/file_stream.ts";
import type { Asset } from "../providers/adapter.ts";
import { type FailureReason, ProviderError } from "../providers/provider_error.ts";
import { assetPath, objectAddress, type StorageObject } from "./asset_url.ts";
import { fileMetadata, type FileVersion, isSameFile, plainEtag } from "./file_version.ts";
import { CountedBody, takeInput, TooLong } from "./take_input.ts";
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
    const downloaded = await download(access, file, kind);
    await confirmUnchanged(access, file, downloaded);
    if (downloaded.bytes === undefined) throw changed(file);
    if (downloaded.asset) return downloaded.asset;
    throw new ProviderError("invalid_input", `No whole ${kind}: ${nameOf(file)}`);
  };
}

interface Download {
  /** How many came; undefined if there are more than may be read. */
  readonly bytes: number | undefined;
  /** Undefined if it is none of the kind, or not whole. */
  readonly asset: Asset | undefined;
  readonly etag: string | undefined;
}

async function download(
  access: StorageAccess,
  file: InputFile,
  kind: AssetKind,
): Promise<Download> {
  const { object, maxBytes, checked } = file;
  const address = objectAddress(access.supabaseUrl, { ...object, version: checked?.version });
  const response = await ask(access, address, file);
  const etag = plainEtag(response.headers.get("etag"));
  try {
    if (Number(response.headers.get("content-length")) > maxBytes) throw new TooLong();
    const counted = new CountedBody(response.body, maxBytes);
    const asset = await takeInput(new FileStream(counted), kind);
    return { bytes: counted.bytes, asset, etag };
  } catch (cause) {
    if (cause instanceof TooLong) return { bytes: undefined, asset: undefined, etag };
    throw unreadable(file, cause);
  } finally {
    // Of what is too long, nothing more is to come.
    if (response.body && !response.bodyUsed) await response.body.cancel().catch(() => {});
  }
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
  { bytes, etag }: Download,
): Promise<void> {
  const { object, checked } = file;
  if (!checked) return;
  const hasItsLength = bytes === checked.bytes;
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
