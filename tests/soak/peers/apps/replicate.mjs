import process from "node:process";
import Replicate from "replicate";

const abort = new AbortController();
process.once("SIGINT", () => abort.abort());

const replicate = new Replicate();
const [picture] = await replicate.run(
  "black-forest-labs/flux-dev",
  { input: { prompt: process.argv[2] }, signal: abort.signal },
  ({ status }) => console.log(status),
);
console.log(picture.url().href);
