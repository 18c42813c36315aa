import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import process from "node:process";
import Replicate from "replicate";

const replicate = new Replicate();
const KEPT = process.env.KEPT;

if (!existsSync(KEPT)) {
  const input = { prompt: process.argv[2] };
  const { id } = await replicate.predictions.create({ model: "black-forest-labs/flux-dev", input });
  writeFileSync(KEPT, id);
}
const id = readFileSync(KEPT, "utf8");
process.once("SIGINT", () => replicate.predictions.cancel(id));

const prediction = await replicate.predictions.get(id);
const { status, output } = await replicate.wait(
  prediction,
  {},
  ({ status }) => console.log(status),
);
rmSync(KEPT);
console.log(status === "succeeded" ? output[0] : status);
