/**
 * A program of the build: puts what unpacks compressed models beside the page, as the registry has it.
 *
 *     deno run --allow-write=FOLDER task/results/write_decoders.ts FOLDER
 */
import dracoDecoder from "three/examples/jsm/libs/draco/gltf/draco_decoder.wasm" with {
  type: "bytes",
};
import dracoWrapper from "three/examples/jsm/libs/draco/gltf/draco_wasm_wrapper.js" with {
  type: "bytes",
};
import basisTranscoder from "three/examples/jsm/libs/basis/basis_transcoder.wasm" with {
  type: "bytes",
};
import basisWrapper from "three/examples/jsm/libs/basis/basis_transcoder.js" with {
  type: "bytes",
};

/** The viewer brings this decoder, and uses it once a script of this name has been there. */
const MESHOPT_SCRIPT = "// The decoder of meshopt is in the viewer.\n";

const FILES: Readonly<Record<string, Uint8Array>> = {
  "draco_decoder.wasm": dracoDecoder,
  "draco_wasm_wrapper.js": dracoWrapper,
  "basis_transcoder.wasm": basisTranscoder,
  "basis_transcoder.js": basisWrapper,
  "meshopt_decoder.js": new TextEncoder().encode(MESHOPT_SCRIPT),
};

const [folder] = Deno.args;
if (folder === undefined) throw new Error("Give the folder to write to");
await Promise.all(
  Object.entries(FILES).map(([name, bytes]) => Deno.writeFile(`${folder}/${name}`, bytes)),
);
