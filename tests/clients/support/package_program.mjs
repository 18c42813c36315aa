// An app that has the package as a registry would hand it out. Prints what it saw.
import { readFile } from "node:fs/promises";
import process from "node:process";
import { createMakeIt3D, RefusedError } from "@makeit3d/client";

const { url, apiKey, token, photo } = JSON.parse(process.argv[2]);
const makeit3d = createMakeIt3D({
  url,
  apiKey,
  accessToken: () => Promise.resolve(token),
  // `fetch` of Node and Deno differ in what they read; an app of Expo leaves this out.
  readFile: async (uri) => new Uint8Array(await readFile(new URL(uri))).buffer,
});
const drawn = await makeit3d.generate("text-to-image", { provider: "openai", prompt: "A bird" });
const cut = await makeit3d.generate("remove-background", {
  provider: "stability",
  image: { uri: photo, type: "image", mimeType: "image/png" },
});
const again = await makeit3d.generate("remove-background", {
  provider: "recraft",
  image: drawn.assets[0],
});
const aborted = new AbortController();
const canceled = makeit3d.generate("text-to-image", { provider: "openai", prompt: "sim:slow" }, {
  signal: aborted.signal,
  onUpdate: () => aborted.abort(),
});
const refused = await makeit3d.generate("text-to-image", { provider: "openai", prompt: "" })
  .catch((error) => error);
process.stdout.write(JSON.stringify({
  statuses: [drawn, cut, again].map(({ status }) => status),
  canceled: await canceled.catch(({ code }) => code),
  refused: refused instanceof RefusedError && refused.code,
  pending: (await makeit3d.resume()).length,
}));
