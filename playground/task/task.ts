import type { Asset, Task } from "@makeit3d/client";

export type { Asset, Task };

export type Eta = NonNullable<Task["eta"]>;

export type Billed = NonNullable<Task["billed"]>;

export function isFinal({ status }: Task): boolean {
  return status === "complete" || status === "failed" || status === "canceled";
}

export function isModel(asset: Asset): boolean {
  return asset.mediaType?.startsWith("model/") ?? /\.glb($|\?)/.test(asset.url);
}

/** What was asked for in words; undefined for what needs none, or was dropped since. */
export function promptOf({ parameters }: Task): string | undefined {
  const prompt = parameters?.["prompt"];
  return typeof prompt === "string" && prompt !== "" ? prompt : undefined;
}

/** A picture of what was made: of a model its preview. Undefined where there is none. */
export function pictureOf({ assets, previewUrl }: Task): string | undefined {
  const [first] = assets;
  if (!first) return undefined;
  return isModel(first) ? previewUrl : first.url;
}
