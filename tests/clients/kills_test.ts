/**
 * An app is killed again and again, at steps and moments of chance. `KILLS=200` kills as often, and
 * `CHANCE=2` is another sequence.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { createMakeIt3D } from "../../client/mod.ts";
import { drawImage } from "../../simulators/images.ts";
import { SEED } from "../../tools/local/stack/settings.ts";
import { countTasksOf, newUser } from "../support/new_user.ts";
import { purchasesOf } from "../support/simulator.ts";
import { stack } from "../support/stack.ts";
import { aPrompt } from "./support/an_app.ts";
import type { Order } from "./support/device_program.ts";
import { FileDevice } from "./support/file_device.ts";

const KILLS = Number(Deno.env.get("KILLS") ?? 20);
const CHANCE = Number(Deno.env.get("CHANCE") ?? 1);
const AT_ONCE = 4;

/** What an app does, in order; it is read more than once. */
const STEPS = [
  "before upload 1",
  "after upload 1",
  "before keep 1",
  "after keep 1",
  "before post 1",
  "after post 1",
  "before keep 2",
  "after keep 2",
  "before read 1",
  "after read 1",
  "before read 2",
] as const;

interface Kill {
  readonly step: (typeof STEPS)[number];
  /** Whether it stands still at the step, or goes on until the signal reaches it. */
  readonly stops: boolean;
}

/** Each step once, then steps of chance. */
function chooseKills(): readonly Kill[] {
  let state = CHANCE;
  const next = (below: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  return Array.from({ length: KILLS }, (_, place) => ({
    step: STEPS[place < STEPS.length ? place : next(STEPS.length)] ?? STEPS[0],
    stops: place < STEPS.length || next(2) === 0,
  }));
}

/** Runs an app until it is killed. Returns the steps that it has reached. */
async function runAndKill(common: Order, { step, stops }: Kill): Promise<readonly string[]> {
  const program = new URL("./support/device_program.ts", import.meta.url).pathname;
  const order = { ...common, ...(stops && { stopAt: step }) };
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", "--no-check", program, JSON.stringify(order)],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let text = "";
  let isKilled = false;
  for await (const chunk of process.stdout.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (isKilled || !text.split("\n").includes(step)) continue;
    isKilled = true;
    process.kill("SIGKILL");
  }
  await process.status;
  assert.ok(isKilled, `${step} was not reached: ${text}`);
  return text.trim().split("\n");
}

Deno.test(`${KILLS} kills of an app: each purchase is made once, or not at all`, async (t) => {
  const folder = await Deno.makeTempDir();
  const photo = join(folder, "photo.png");
  const picture = { width: 512, height: 512, seed: "kill", index: 0, format: "png" } as const;
  await Deno.writeFile(photo, await drawImage(picture));
  const left = [...chooseKills().entries()];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [number, kill] = next;
      const name = `${number + 1}: ${kill.stops ? "stands still" : "runs on"} at ${kill.step}`;
      const steps = { sanitizeOps: false, sanitizeResources: false, sanitizeExit: false };
      const fn = (): Promise<void> => killOnce(join(folder, `${number}.json`), photo, kill);
      await t.step({ name, fn, ...steps });
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

async function killOnce(kept: string, photo: string, kill: Kill): Promise<void> {
  const user = await newUser();
  const prompt = aPrompt();
  const project = { url: stack.projectUrl, apiKey: SEED.apiKey };
  const order: Order = { ...project, token: user.token, kept, photo, prompt };
  const seen = await runAndKill(order, kill);
  const device = new FileDevice(kept);
  // What is kept is kept before it is sent.
  const wasKept = device.pending > 0;
  if (seen.includes("before post 1")) {
    assert.ok(wasKept || seen.includes("before read 1"), `${seen}`);
  }

  const accessToken = (): Promise<string> => Promise.resolve(user.token);
  const client = createMakeIt3D({ ...project, accessToken, storage: device });
  const resumed = await client.resume();
  assert.equal(resumed.length, wasKept ? 1 : 0);
  for (const generation of resumed) assert.equal((await generation.result()).status, "complete");
  assert.equal(device.pending, 0);
  assert.equal(await countTasksOf(user), wasKept || seen.includes("before post 1") ? 1 : 0);
  assert.equal(await purchasesOf(prompt), wasKept || seen.includes("before post 1") ? 1 : 0);
}
