// @ts-check
/**
 * Has two services draw a photo anew, and makes a 3D model of the first picture. Ctrl-C cancels what
 * is under way. What was killed goes on with the next start: what was bought is not bought again.
 */
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import process from "node:process";
import { CanceledError, createMakeIt3D } from "@makeit3d/client";

const { SUPABASE_URL = "", SUPABASE_PUBLISHABLE_KEY = "", API_KEY = "" } = process.env;
const { TEST_USER_EMAIL: email, TEST_USER_PASSWORD: password } = process.env;

/** What the next start has to know: it sends the same requests, under the same ids. */
const KEPT = "run.json";

/** @param {string} line */
const print = (line) => void process.stdout.write(`${line}\n`);

/** @type {Promise<string> | undefined} */
let token;

/**
 * The user's token, and another one where the backend takes it no longer.
 *
 * @param {string | undefined} refused
 */
function accessToken(refused) {
  if (token === undefined || refused !== undefined) token = signIn();
  return token;
}

/** @returns {Promise<string>} */
async function signIn() {
  const response = await fetch(`${SUPABASE_URL}/auth/v1/token?grant_type=password`, {
    method: "POST",
    headers: { "apikey": SUPABASE_PUBLISHABLE_KEY, "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()).access_token;
}

const makeit3d = createMakeIt3D({ url: SUPABASE_URL, apiKey: API_KEY, accessToken });

/** @returns {Promise<{ id: string, prompt: string, photo: { url: string } }>} */
async function beginRun() {
  if (existsSync(KEPT)) {
    print(`Goes on with ${KEPT}`);
    return JSON.parse(readFileSync(KEPT, "utf8"));
  }
  const [path, prompt = "As a clay figure"] = process.argv.slice(2);
  if (path === undefined) throw new Error("Which photo? npm start -- photo.jpg");
  const photo = await makeit3d.upload(readFileSync(path));
  const begun = { id: randomUUID(), prompt, photo };
  writeFileSync(KEPT, JSON.stringify(begun));
  return begun;
}

const stop = new AbortController();
process.once("SIGINT", () => stop.abort());

const run = await beginRun();

/** @param {string} name */
const optionsOf = (name) => ({
  taskId: `${run.id}-${name}`,
  signal: stop.signal,
  /** @param {import("@makeit3d/client").Task} task */
  onUpdate: ({ status, progress }) => print(`${name}: ${status} ${progress ?? 0} %`),
});

/** @param {"openai" | "stability"} provider */
async function draw(provider) {
  const request = { provider, prompt: run.prompt, image: run.photo };
  const { assets: [picture] } = await makeit3d.generate(
    "image-to-image",
    request,
    optionsOf(provider),
  );
  if (picture === undefined) throw new Error(`${provider} has drawn nothing`);
  print(`${provider}: ${picture.url}`);
  return picture;
}

try {
  // Both are waited for: one that fails does not end the program while the other is canceled.
  const [drawn, other] = await Promise.allSettled([draw("openai"), draw("stability")]);
  if (drawn.status === "rejected") throw drawn.reason;
  if (other.status === "rejected") throw other.reason;
  const request = /** @type {const} */ ({ provider: "tripo", images: [drawn.value] });
  const { assets } = await makeit3d.generate("image-to-model", request, optionsOf("model"));
  print(`model: ${assets[0]?.url}`);
  rmSync(KEPT);
} catch (error) {
  if (!(error instanceof CanceledError)) throw error;
  print(`Canceled, billed: ${error.billed}. The next start makes what is missing.`);
}
makeit3d.close();
