// An app that makes pairs with the package, and prints what it saw.
import { readFile } from "node:fs/promises";
import process from "node:process";
import { createMakeIt3D } from "@makeit3d/client";

const order = JSON.parse(await readFile(process.argv[2], "utf8"));
const { url, apiKey, token, requests, arePicked } = order;
const { makePairs } = await import(order.makePairs);
const makeit3d = createMakeIt3D({
  url,
  apiKey,
  accessToken: () => Promise.resolve(token),
  readFile: async (uri) => new Uint8Array(await readFile(new URL(uri))).buffer,
});
const files = {};
for (const [kind, uri] of Object.entries(order.files)) {
  // What a picker hands out, or what else runs JavaScript has.
  files[kind] = arePicked
    ? { uri, type: "image", fileName: null, mimeType: "application/octet-stream" }
    : new Blob([await readFile(new URL(uri))]);
}
const made = await makePairs(makeit3d, requests, files);
const pending = await makeit3d.resume();
process.stdout.write(JSON.stringify({ made, pending: pending.length }));
