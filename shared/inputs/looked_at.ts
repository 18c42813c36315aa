import type { AssetKind } from "../contract/operations.ts";
import type { Orientation } from "./orientation.ts";

/** An image that can be sent to a service. */
export interface ImageLook {
  readonly found: "image";
  readonly mediaType: "image/png" | "image/jpeg" | "image/webp";
  /** In pixels, as stored. */
  readonly width: number;
  readonly height: number;
  readonly orientation: Orientation;
  /** Whether pixels can be transparent; whether one is, only decoding tells. */
  readonly hasAlpha: boolean;
  /** An animation, of which services see the first picture only. */
  readonly isAnimated: boolean;
}

/** A GLB that can be sent to a service. */
export interface ModelLook {
  readonly found: "model";
  readonly mediaType: "model/gltf-binary";
}

/** What no service takes, in words. */
export interface UnusableLook {
  readonly found: "unusable";
  /** What it is, behind "Is". */
  readonly kind: string;
  readonly remedy?: Remedy | undefined;
}

/** What to do with a file that cannot be used. */
export interface Remedy {
  /** Before "before uploading". */
  readonly words: string;
  /** What comes of it; undefined: what it was meant to be. */
  readonly leadsTo?: AssetKind;
}

/** What a file is, by its bytes. */
export type Look = ImageLook | ModelLook | UnusableLook;

export function unusable(kind: string, remedy?: Remedy): UnusableLook {
  return { found: "unusable", kind, remedy };
}

/** A file that begins as it should and does not end so: an upload or a download that broke off. */
export function brokenOff(kind: string): UnusableLook {
  return unusable(`${kind} that breaks off`, { words: "make sure that it is whole" });
}

/** A file that begins as it should and is none inside. */
export function damaged(kind: string): UnusableLook {
  return unusable(`${kind} that cannot be read`, { words: "save it anew" });
}
