import type { Asset } from "../adapter.ts";

/** A multipart body. Fields that are undefined are left out. */
export function formOf(
  fields: Readonly<Record<string, string | number | boolean | undefined>>,
  files: Readonly<Record<string, Asset>> = {},
): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) form.append(name, String(value));
  }
  for (const [name, asset] of Object.entries(files)) form.append(name, fileOf(asset, name));
  return form;
}

/** Services refuse a part without a file name or with another media type than its own. */
export function fileOf({ content, mediaType, extension }: Asset, name: string): File {
  return new File([content], `${name}.${extension}`, { type: mediaType });
}
