import { join } from "node:path";
import { craftedImages } from "../../../testing/crafted_images.ts";
import { craftedMetadata } from "../../../testing/crafted_metadata.ts";
import { craftedModels } from "../../../testing/crafted_models.ts";

/** A folder with the files that are made to be hard to read; it goes when it is disposed of. */
export async function hostileFiles(): Promise<AsyncDisposable & { readonly folder: string }> {
  const folder = await Deno.makeTempDir({ prefix: "hostile_files_" });
  const crafted = { image: craftedImages, metadata: craftedMetadata, model: craftedModels };
  for (const [kind, files] of Object.entries(crafted)) {
    for (const [words, bytes] of Object.entries(files)) {
      const name = `${kind} ${words}`.replaceAll(/[^A-Za-z0-9]+/g, "_");
      await Deno.writeFile(join(folder, name), bytes);
    }
  }
  return { folder, [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }) };
}
