import { MakeIt3DError } from "./errors.ts";

/** A file as the platform hands it out, or one that is in Storage already. */
export type FileInput =
  /** An address in the project's Storage, or one that only the app can read: `file:`, `blob:`, `data:`. */
  | string
  | URL
  | ArrayBuffer
  | ArrayBufferView
  | FileWithBytes
  | FileAtUri
  /** A result of an earlier task, or what `upload` returned. */
  | { readonly url: string };

/** `File`, `Blob`, `Response`, Expo's `File`, `Bun.file`. */
export interface FileWithBytes {
  arrayBuffer(): Promise<ArrayBuffer>;
  readonly type?: string;
}

/** What the pickers of Expo and React Native hand out. */
export interface FileAtUri {
  readonly uri: string;
  readonly name?: string | null | undefined;
  readonly fileName?: string | null | undefined;
  readonly mimeType?: string | null | undefined;
  readonly type?: string | null | undefined;
}

/** Reads what only the app can read. Default: `fetch`. */
export type ReadFile = (uri: string) => Promise<ArrayBuffer>;

export interface FileBytes {
  readonly bytes: ArrayBuffer;
  /** What the platform calls it; the backend looks at the bytes. */
  readonly type: string;
}

/** The address of a file that is in Storage already; undefined for one that is to be uploaded. */
export function addressOf(file: FileInput): string | undefined {
  const text = uriOf(file);
  if (text !== undefined) return /^https?:/i.test(text) ? text : undefined;
  return isRecord(file) && "url" in file && !("arrayBuffer" in file) ? String(file.url) : undefined;
}

/** The bytes of a file. Always bytes: what React Native calls a Blob uploads nothing. */
export async function bytesOf(file: FileInput, readFile: ReadFile): Promise<FileBytes> {
  const bytes = await readBytes(file, readFile);
  if (bytes.byteLength === 0) throw new MakeIt3DError("empty_file", "The file is empty");
  return { bytes, type: typeOf(file) };
}

async function readBytes(file: FileInput, readFile: ReadFile): Promise<ArrayBuffer> {
  const uri = uriOf(file);
  if (uri !== undefined) return await readFile(uri);
  if (file instanceof ArrayBuffer) return file;
  if (ArrayBuffer.isView(file)) {
    const view = new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
    return new Uint8Array(view).buffer;
  }
  if (isRecord(file) && "arrayBuffer" in file) return await file.arrayBuffer();
  if (isRecord(file) && "uri" in file) return await readFile(file.uri);
  throw new MakeIt3DError("unknown_file", "Not a file: no bytes, no address, no uri");
}

function uriOf(file: FileInput): string | undefined {
  return typeof file === "string" ? file : file instanceof URL ? file.href : undefined;
}

function typeOf(file: FileInput): string {
  const { mimeType, type } = isRecord(file) ? (file as Partial<FileAtUri>) : {};
  // Expo's image picker has `type: "image"`.
  return [mimeType, type].find((text) => text?.includes("/")) ?? "application/octet-stream";
}

function isRecord<Value>(value: Value): value is Extract<Value, object> {
  return typeof value === "object" && value !== null;
}

/** Reads an address of the app's own by `fetch`, which also React Native's can. */
export function readBy(fetch: typeof globalThis.fetch): ReadFile {
  return async (uri) => {
    try {
      return await (await fetch(uri)).arrayBuffer();
    } catch (cause) {
      throw new MakeIt3DError("unreadable_file", `Cannot read ${uri}`, false, { cause });
    }
  };
}
