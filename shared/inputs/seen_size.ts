import { isTurnedOnItsSide, type Orientation } from "./orientation.ts";

/** Of an image, in pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Width and height as people see the picture, turned as its EXIF says. */
export function seenSize(
  { width, height, orientation }: ImageSize & { readonly orientation: Orientation },
): ImageSize {
  return isTurnedOnItsSide(orientation) ? { width: height, height: width } : { width, height };
}
