import type { FileInput } from "./files.ts";
import type { paths } from "./generated/api.ts";
import type { UploadFile } from "./uploads.ts";

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

/** Names of the API in a text, as the client has them: see `NameOf`. `taskId` is of its options. */
export function clientNames(text: string): string {
  return text.replace(/\binput_([a-z]+)_asset_url(s?)\b/g, "$1$2").replace(
    /\btask_id\b/g,
    "taskId",
  );
}

/** The field of the API that a file goes to. */
function apiNameOf(field: string, isList: boolean): string {
  return isList ? `input_${field.replace(/s$/, "")}_asset_urls` : `input_${field}_asset_url`;
}

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
export const FILE_FIELDS: { readonly [Op in Operation]: readonly FileFieldOf<Op>[] } = {
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

/** Puts files where the API finds them. Returns their addresses, in order. */
export type PutFiles = (files: readonly UploadFile[]) => Promise<readonly string[]>;

/** The body that the API takes: files are put, and named by their addresses. */
export async function bodyOf(
  operation: Operation,
  request: Readonly<Record<string, unknown>> & { readonly provider: string },
  putFiles: PutFiles,
): Promise<Record<string, unknown>> {
  const known: readonly string[] = FILE_FIELDS[operation] ?? [];
  const fields = known.filter((field) => field in request);
  const files = fields.flatMap((field) => {
    const purpose = { operation, provider: request.provider, field };
    return [request[field]].flat().filter(isFile).map((file) => ({ file, purpose }));
  });
  const addresses = (await putFiles(files)).values();
  const addressOf = (value: unknown) => isFile(value) ? addresses.next().value : null;
  const body: Record<string, unknown> = { ...request };
  for (const field of fields) {
    const value = request[field];
    delete body[field];
    const isList = Array.isArray(value);
    body[apiNameOf(field, isList)] = isList ? value.map(addressOf) : addressOf(value);
  }
  return body;
}

/** A view may be missing. What is given must be a file: that is looked at when it is read. */
function isFile(value: unknown): value is FileInput {
  return value !== null && value !== undefined;
}
