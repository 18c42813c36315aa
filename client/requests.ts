import type { FileInput } from "./files.ts";
import type { paths } from "./generated/api.ts";

/** `text-to-image` and the other operations. */
export type Operation = {
  [Path in keyof paths]: Path extends `/generation/${infer Name}`
    ? paths[Path] extends { post: { requestBody: unknown } } ? Name : never
    : never;
}[keyof paths];

/** The bodies that the API takes for an operation, one for each of its providers. */
type BodyOf<Op extends Operation> = `/generation/${Op}` extends keyof paths
  ? paths[`/generation/${Op}`] extends
    { post: { requestBody: { content: { "application/json": infer Body } } } } ? Body
  : never
  : never;

/** Who offers an operation. */
export type ProviderOf<Op extends Operation> = Extract<ProvidersOf[Op], string>;

type ProvidersOf = {
  [Op in Operation]: BodyOf<Op> extends { provider: infer Name } ? Name : never;
};

/** `image` for `input_image_asset_url`, `images` for `input_image_asset_urls`. */
type NameOf<Field> = Field extends `input_${infer Name}_asset_url` ? Name
  : Field extends `input_${infer Name}_asset_urls` ? `${Name}s`
  : Field extends "task_id" | "provider" ? never
  : Field;

type ValueOf<Field, Value> = Field extends `input_${string}_asset_url` ? FileInput
  : Field extends `input_${string}_asset_urls` ? readonly (FileInput | null)[]
  : Value;

/**
 * What a provider takes for an operation, by the names of the API, but for files: `image` is any file
 * of the platform, and is uploaded as `input_image_asset_url`.
 */
export type InputOf<Op extends Operation, Provider extends ProviderOf<Op>> =
  Extract<BodyOf<Op>, { provider: Provider }> extends infer Body
    ? { [Field in keyof Body as NameOf<Field>]: ValueOf<Field, Body[Field]> }
    : never;

/** A request: its provider decides which parameters there are. */
export type RequestOf<Op extends Operation, Provider extends ProviderOf<Op>> =
  & { readonly provider: Provider }
  & InputOf<Op, Provider>;

type FileFieldOf<Op extends Operation> = BodyOf<Op> extends infer Body
  ? keyof Body extends infer Field
    ? Field extends `input_${string}_asset_url${"" | "s"}` ? NameOf<Field> : never
  : never
  : never;

/** The fields that are files, of each operation. */
const FILE_FIELDS: { readonly [Op in Operation]: readonly FileFieldOf<Op>[] } = {
  "text-to-image": [],
  "image-to-image": ["image"],
  "sketch-to-image": ["sketch"],
  "image-inpaint": ["image", "mask"],
  "remove-background": ["image"],
  "search-and-recolor": ["image"],
  "text-to-model": [],
  "image-to-model": ["images"],
  "refine-model": ["model"],
};

/** Puts a file of a request where the API finds it, and returns its address. */
export type Place = (file: FileInput, field: string) => Promise<string>;

/** The body that the API takes: files are uploaded, and named by their addresses. */
export async function bodyOf(
  operation: Operation,
  request: Readonly<Record<string, unknown>>,
  place: Place,
): Promise<Record<string, unknown>> {
  const files: readonly string[] = FILE_FIELDS[operation] ?? [];
  const entries = Object.entries(request).map(async ([field, value]) => {
    if (!files.includes(field)) return [field, value];
    if (!Array.isArray(value)) {
      return [`input_${field}_asset_url`, await placeFile(value as FileInput, field, place)];
    }
    const addresses = (value as FileInput[]).map((file) => placeFile(file, field, place));
    return [`input_${field.replace(/s$/, "")}_asset_urls`, await Promise.all(addresses)];
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function placeFile(file: FileInput | null, field: string, place: Place) {
  return file === null || file === undefined ? null : await place(file, field);
}
