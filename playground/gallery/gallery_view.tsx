import type { JSX } from "preact";

export function GalleryView(): JSX.Element {
  return <h1>Gallery</h1>;
}
