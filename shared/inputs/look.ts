import type { ByteSource } from "./byte_source.ts";
import { foreignKind } from "./foreign_kind.ts";
import { Changed, FileView, OutOfReach } from "./file_view.ts";
import { lookAtGlb } from "./look_at_glb.ts";
import { lookAtJpeg } from "./look_at_jpeg.ts";
import { lookAtPng } from "./look_at_png.ts";
import { lookAtWebp } from "./look_at_webp.ts";
import { type Look, unusable } from "./looked_at.ts";
import { type KnownKind, knownKindOf, SIGNATURE_BYTES } from "./signatures.ts";

const lookers: Readonly<Record<KnownKind, (view: FileView) => Promise<Look>>> = {
  png: lookAtPng,
  jpeg: lookAtJpeg,
  webp: lookAtWebp,
  glb: lookAtGlb,
};

/** Looks at a file by a few reads: what its name and its upload say of it decides nothing. */
export async function look(source: ByteSource): Promise<Look> {
  if (source.size === 0) {
    return unusable("empty (0 bytes)", { words: "make sure that it is whole" });
  }
  try {
    const view = await FileView.open(source);
    const head = await view.at(0, SIGNATURE_BYTES);
    const kind = knownKindOf(head);
    return await (kind ? lookers[kind](view) : foreignKind(head));
  } catch (error) {
    if (error instanceof Changed) return unusable("no longer what was uploaded");
    if (!(error instanceof OutOfReach)) throw error;
    return unusable(
      "an image or a model behind more metadata than can be read through",
      { words: "save it without metadata" },
    );
  }
}
