import { createHash } from "node:crypto";
import { drawImage } from "../../../simulators/images.ts";
import { type FaultStack, storeFile } from "../../faults/fault_stack.ts";
import type { Request } from "../../faults/tasks.ts";
import { LANES, TASKS } from "./plan.ts";

/** A request that can be found again on the ledger of the simulators. */
export interface MarkedRequest extends Request {
  /** Its prompt, or the hash of its picture. */
  readonly mark: string;
}

export interface RequestsOptions {
  readonly count: number;
  readonly timeLimitSeconds: number;
}

/** With a time limit that ends also what never gets an answer while somebody waits for the test. */
const CHAOS: RequestsOptions = { count: TASKS, timeLimitSeconds: 80 };
const USERS = 8;
/** How many of Tripo's tasks begin with a picture, which has to be uploaded there. */
const MODELS_OF_PICTURES = 4;

/** Makes users, and what they will ask for: all lanes in turns. */
export async function prepareRequests(
  stack: FaultStack,
  { count, timeLimitSeconds }: RequestsOptions = CHAOS,
): Promise<MarkedRequest[]> {
  const users = await addUsers(stack);
  // One after the other: the Storage of the local stack does not always survive eight first ones.
  const inputs = new Map<string, string>();
  for (const id of users) inputs.set(id, (await addPicture(stack, id, "input")).url);
  const requests: MarkedRequest[] = [];
  for (let index = 0; index < count; index++) {
    const provider = LANES[index % LANES.length] ?? "openai";
    const round = Math.floor(index / LANES.length);
    // As many rounds as users would give each of them the same lane again and again.
    const userId = users[(index + round) % users.length] ?? "";
    const mark = `Chaos ${index} ${crypto.randomUUID()}`;
    const common = { provider, userId, clientTaskId: mark, timeLimitSeconds };
    if (provider === "tripo" && round % MODELS_OF_PICTURES === 0) {
      const { url, hash } = await addPicture(stack, userId, mark);
      const what = { operation: "image-to-model", output: "model" } as const;
      requests.push({
        ...common,
        ...what,
        parameters: { input_image_asset_urls: [url] },
        mark: hash,
      });
    } else {
      requests.push({
        ...common,
        ...promptRequest(provider, mark, inputs.get(userId) ?? ""),
        mark,
      });
    }
  }
  return requests;
}

function promptRequest(
  provider: string,
  prompt: string,
  picture: string,
): Pick<Request, "operation" | "output" | "parameters"> {
  switch (provider) {
    case "tripo":
      return { operation: "text-to-model", output: "model", parameters: { prompt } };
    case "flux": {
      const parameters = { prompt, input_image_asset_url: picture };
      return { operation: "image-to-image", output: "image", parameters };
    }
    default:
      return { operation: "text-to-image", output: "image", parameters: { prompt } };
  }
}

async function addUsers({ sql }: FaultStack): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    insert into auth.users (id, aud, role, email, created_at, updated_at)
    select
      gen_random_uuid(), 'authenticated', 'authenticated', 'user-' || i || '@example.com',
      now(), now()
    from generate_series(1, ${USERS}) as i
    returning id
  `;
  return rows.map(({ id }) => id);
}

async function addPicture(
  stack: FaultStack,
  userId: string,
  seed: string,
): Promise<{ readonly url: string; readonly hash: string }> {
  const bytes = await drawImage({ width: 256, height: 256, seed, index: 0, format: "png" });
  const hash = createHash("sha256").update(bytes).digest("hex");
  const name = `${hash.slice(0, 16)}.png`;
  return { url: await storeFile(stack, `${userId}/${name}`, bytes), hash };
}
