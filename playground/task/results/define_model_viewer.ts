import { ModelViewerElement } from "@google/model-viewer";

/**
 * Beside the page, where the build puts them. By itself the viewer fetches decoders of compressed models
 * from Google, which would tell it who looks at what.
 * https://modelviewer.dev/docs/index.html#entrydocs-loading-staticProperties-dracoDecoderLocation
 */
const own = new URL(".", document.baseURI).href;

ModelViewerElement.dracoDecoderLocation = own;
ModelViewerElement.ktx2TranscoderLocation = own;
ModelViewerElement.meshoptDecoderLocation = `${own}meshopt_decoder.js`;
