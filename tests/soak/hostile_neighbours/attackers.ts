import { assetUrl } from "../../../shared/storage/asset_url.ts";
import { drawImage } from "../../../simulators/images.ts";
import { headersOf, newTaskId } from "../../support/client.ts";
import { clientOf, type NewUser, newUser } from "../../support/new_user.ts";
import { stack } from "../../support/stack.ts";

/** Where the functions under attack are. */
export interface Target {
  readonly generationUrl: string;
  readonly tasksUrl: string;
}

/** Waits for its turn to send a request, and counts it. */
export type Pace = () => Promise<void>;

/** One round of a kind of attack: each request of it waits for its turn. */
export type Attack = (pace: Pace) => Promise<void>;

/** Small results, which cost the simulated service nothing. */
export const CHEAP = { provider: "recraft", model: "recraftv3_vector" };

type Post = (operation: string, fields: object) => Promise<Response>;

function postOf({ generationUrl }: Target, { token }: NewUser): Post {
  return (operation, fields) =>
    fetch(`${generationUrl}/${operation}`, {
      method: "POST",
      headers: headersOf(token),
      body: JSON.stringify({ task_id: newTaskId(), ...fields }),
    });
}

/** Submits the same prompt again and again. */
function asking(prompt: string): MakeAttack {
  return (target, user) => {
    const post = postOf(target, user);
    return async (pace) => {
      await pace();
      const response = await post("text-to-image", { ...CHEAP, prompt });
      await response.body?.cancel();
    };
  };
}

function canceling(target: Target, user: NewUser): Attack {
  const post = postOf(target, user);
  return async (pace) => {
    await pace();
    const response = await post("text-to-image", { ...CHEAP, prompt: "Never mind" });
    const { celery_task_id: id } = await response.json();
    if (response.status !== 202) return;
    await pace();
    const headers = headersOf(user.token);
    const canceled = await fetch(`${target.tasksUrl}/${id}`, { method: "DELETE", headers });
    await canceled.body?.cancel();
  };
}

/** What the worker is to read is another file by then. */
function replacing(target: Target, user: NewUser): Attack {
  const post = postOf(target, user);
  const files = clientOf(user).storage.from("inputs");
  const images = [300, 900].map((width) =>
    drawImage({ width, height: width, seed: String(width), index: 0, format: "png" })
  );
  return async (pace) => {
    const path = `${user.id}/${crypto.randomUUID()}.png`;
    const upload = async (index: number): Promise<void> => {
      await pace();
      const image = await images[index];
      if (image) await files.upload(path, image, { contentType: "image/png", upsert: true });
    };
    await upload(0);
    await pace();
    const url = assetUrl(stack.projectUrl, { bucket: "inputs", path }, "authenticated");
    const fields = { provider: "stability", input_image_asset_url: url };
    const response = await post("remove-background", fields);
    await response.body?.cancel();
    await upload(1);
  };
}

type MakeAttack = (target: Target, user: NewUser) => Attack;

/** Kinds of attack, each by a user of its own. */
export const KINDS = {
  "floods": asking("More and more"),
  "invalid requests": asking(""),
  "failures": asking("sim:500"),
  "slow tasks": asking("sim:slow"),
  "refused contents": asking("sim:moderated-input"),
  "cancellations": canceling,
  "replaced inputs": replacing,
} satisfies Readonly<Record<string, MakeAttack>>;

export type Kind = keyof typeof KINDS;

export function isKind(name: string): name is Kind {
  return Object.hasOwn(KINDS, name);
}

/** An attack by a new user. */
export async function makeAttack(kind: Kind, target: Target): Promise<Attack> {
  return KINDS[kind](target, await newUser());
}
