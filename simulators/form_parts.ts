/**
 * Reads multipart forms in which every part has a name of its own.
 *
 * @module
 */

export interface FormParts {
  readonly values: Readonly<Record<string, string | File>>;
  /** Names that more than one part has; the first part's value counts. */
  readonly repeated: readonly string[];
}

/**
 * The parts of a form.
 *
 * @returns undefined when the body is no multipart form.
 */
export async function readFormParts(
  body: Uint8Array<ArrayBuffer>,
  contentType: string,
): Promise<FormParts | undefined> {
  const form = await parseForm(body, contentType);
  if (form === undefined) return undefined;
  const values: Record<string, string | File> = {};
  const repeated = new Set<string>();
  for (const [name, value] of form) {
    if (Object.hasOwn(values, name)) repeated.add(name);
    else values[name] = value;
  }
  return { values, repeated: [...repeated] };
}

async function parseForm(
  body: Uint8Array<ArrayBuffer>,
  contentType: string,
): Promise<FormData | undefined> {
  try {
    return await new Response(body, { headers: { "content-type": contentType } }).formData();
  } catch {
    return undefined;
  }
}

/** Whether a header names this media type, whatever parameters follow. */
export function isMediaType(header: string | null, mediaType: string): boolean {
  return header?.split(";", 1)[0]?.trim().toLowerCase() === mediaType;
}

/** Forms carry text only: the number that a text stands for, or else the text itself. */
export function toNumber(text: string): number | string {
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}
