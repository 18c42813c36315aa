import type { Asset } from "../adapter.ts";

/** Of numbers in forms: more than any service tells apart. */
const DECIMALS = 4;

/** A multipart body. Fields that are undefined are left out. */
export function formOf(
  fields: Readonly<Record<string, string | number | boolean | undefined>>,
  files: Readonly<Record<string, Asset>> = {},
): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) form.append(name, textOf(value));
  }
  for (const [name, asset] of Object.entries(files)) form.append(name, fileOf(asset, name));
  return form;
}

/** Numbers are rounded, because a tiny one is text with an exponent (1e-7), which a form's reader may not take. */
function textOf(value: string | number | boolean): string {
  return String(typeof value === "number" ? Number(value.toFixed(DECIMALS)) : value);
}

/** Services refuse a part without a file name or with another media type than its own. */
export function fileOf({ content, mediaType, extension }: Asset, name: string): File {
  return new File([content], `${name}.${extension}`, { type: mediaType });
}
