import type { FileInput } from "../files.ts";
import { type Fit, scaled, type Size } from "./fit.ts";

/** What is used of `expo-image-manipulator`. */
export interface ExpoImageManipulator {
  readonly ImageManipulator: { manipulate(source: string): ExpoContext };
  readonly SaveFormat: { readonly JPEG: unknown; readonly PNG: unknown };
}

interface ExpoContext {
  resize(size: { width?: number | null; height?: number | null }): ExpoContext;
  renderAsync(): Promise<Size & { saveAsync(options: object): Promise<{ readonly uri: string }> }>;
}

/** The same by `expo-image-manipulator`, which reads HEIC, too. */
export async function drawByExpo(
  file: FileInput,
  fit: Fit,
  { ImageManipulator, SaveFormat }: ExpoImageManipulator,
): Promise<FileInput> {
  const uri = typeof file === "string" ? file : uriOf(file);
  // Bytes have no address that it could read.
  if (uri === undefined) return file;
  const given = await ImageManipulator.manipulate(uri).renderAsync();
  const size = scaled(given, fit);
  const isSmaller = size.width !== given.width;
  const image = isSmaller
    ? await ImageManipulator.manipulate(uri).resize(size).renderAsync()
    : given;
  const isSharp = fit.isMask || /\.(png|webp)$/i.test(uri);
  const format = isSharp ? SaveFormat.PNG : SaveFormat.JPEG;
  const saved = await image.saveAsync({ format, compress: 0.9 });
  return { uri: saved.uri, mimeType: isSharp ? "image/png" : "image/jpeg" };
}

function uriOf(file: FileInput): string | undefined {
  const isAtUri = typeof file === "object" && "uri" in file && typeof file.uri === "string";
  return isAtUri ? file.uri : undefined;
}
