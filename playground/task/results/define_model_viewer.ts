import type { ModelViewerGlobalConfig } from "@google/model-viewer/lib/features/loading.js";

/**
 * Beside the page, where the build puts them. By itself the viewer fetches decoders of compressed models
 * from Google, which would tell it who looks at what. Each element reads this when it is made.
 * https://modelviewer.dev/docs/index.html#entrydocs-loading-staticProperties-dracoDecoderLocation
 */
const own = new URL(".", document.baseURI).href;
const decoders: ModelViewerGlobalConfig = {
  dracoDecoderLocation: own,
  ktx2TranscoderLocation: own,
  meshoptDecoderLocation: `${own}meshopt_decoder.js`,
};
Reflect.set(globalThis, "ModelViewerElement", decoders);

await import("@google/model-viewer");
