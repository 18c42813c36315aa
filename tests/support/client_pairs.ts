import { fileTypeFromBuffer } from "file-type";
import assert from "node:assert/strict";
import { type OperationId, operationIds, operations } from "../../shared/contract/operations.ts";
import { type ProviderId, providersOf } from "../../shared/providers/catalog.ts";
import { drawImage } from "../../simulators/images.ts";
import { buildModel } from "../../simulators/models.ts";
import { effectsOf } from "./effects.ts";
import { drawMask } from "./inputs.ts";
import { countTasksOf, type NewUser } from "./new_user.ts";
import { readPurchases } from "./simulator.ts";
import { uploadsOf } from "./uploads.ts";

/** A pair as `tests/clients/support/make_pairs.ts` asks for it: files are named as `{ file: kind }`. */
export interface PairRequest {
  readonly operation: OperationId;
  readonly provider: ProviderId;
  readonly request: Readonly<Record<string, unknown>>;
}

/** What it has seen of one. */
export interface MadePair {
  readonly id: string;
  readonly urls: readonly string[];
  /** Bytes that have left the device, and how many there are, each time that it was told. */
  readonly told: readonly (readonly [sent: number, total: number])[];
}

/** All pairs of an operation and a provider, each as its example. */
export const pairRequests: readonly PairRequest[] = operationIds.flatMap((operation) =>
  providersOf(operation).map(([provider, { example }]) => ({
    operation,
    provider,
    request: { ...withFiles(operation, example), provider },
  }))
);

/** One without a file, and one with several. */
export const twoPairRequests = pairRequests.filter(({ operation, provider }) =>
  `${operation} ${provider}` === "text-to-image openai" ||
  `${operation} ${provider}` === "image-to-model tripo"
);

/** Files of each kind. */
export async function drawFiles(): Promise<Readonly<Record<string, Uint8Array<ArrayBuffer>>>> {
  const picture = { width: 1024, height: 1024, index: 0, format: "png" } as const;
  return {
    image: await drawImage({ ...picture, seed: "image" }),
    sketch: await drawImage({ ...picture, seed: "sketch" }),
    mask: await drawMask(),
    model: await buildModel({ seed: "pairs" }),
  };
}

function withFiles(
  operation: OperationId,
  example: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const assets: readonly string[] = operations[operation].assets;
  const entries = Object.entries(example).map(([field, value]) => {
    if (!assets.includes(field)) return [field, value];
    const [, kind = "", many = ""] = /^input_(\w+?)_asset_url(s?)$/.exec(field) ?? [];
    return [kind + many, many ? [value].flat().map(() => ({ file: kind })) : { file: kind }];
  });
  return Object.fromEntries(entries);
}

const MEDIA_TYPES = {
  image: ["image/png", "image/jpeg", "image/webp"],
  model: ["model/gltf-binary"],
};

/**
 * Has a new user's app make pairs, and counts what that leaves behind: for each one task, its stored
 * files, one call in the ledger and one on the provider's books, and each file of it uploaded once.
 */
export async function assertMade(
  requests: readonly PairRequest[],
  user: NewUser,
  make: () => Promise<readonly MadePair[]>,
): Promise<readonly MadePair[]> {
  const before = (await readPurchases()).length;
  const made = await make();
  const bought = (await readPurchases()).slice(before);
  const names = (all: readonly Pick<PairRequest, "operation" | "provider">[]): string[] =>
    all.map(({ operation, provider }) => `${operation} by ${provider}`).sort();
  assert.deepEqual(
    bought.map(({ operation, provider }) => `${operation} by ${provider}`).sort(),
    names(requests),
  );
  assert.equal(made.length, requests.length);
  assert.equal(await countTasksOf(user), requests.length);
  for (const [place, pair] of requests.entries()) {
    const one = made[place] ?? assert.fail();
    await assertStored(pair, one);
    assertTold(pair, one);
  }
  const files = requests.reduce((sum, pair) => sum + countFiles(pair), 0);
  assert.equal((await uploadsOf(user)).length, files);
  return made;
}

async function assertStored({ operation, request }: PairRequest, { id, urls }: MadePair) {
  assert.equal(urls.length, Number(request["n"] ?? 1));
  assert.deepEqual(await effectsOf(id), {
    task: "complete",
    assets: urls.map(() => "complete"),
    calls: ["succeeded"],
    queued: 0,
    archived: 1,
  });
  for (const url of urls) {
    const type = await fileTypeFromBuffer(await (await fetch(url)).bytes());
    assert.ok(MEDIA_TYPES[operations[operation].output].includes(type?.mime ?? ""), type?.mime);
  }
}

/** What an app was told of its uploads rises from nothing to all of it; nothing, without files. */
function assertTold(pair: PairRequest, { told }: MadePair): void {
  if (countFiles(pair) === 0) return assert.deepEqual(told, []);
  const total = told[0]?.[1] ?? 0;
  assert.ok(total > 0);
  assert.ok(told.every((one) => one[1] === total));
  const sent = told.map(([bytes]) => bytes);
  assert.deepEqual([sent[0], sent.at(-1)], [0, total]);
  assert.deepEqual(sent, sent.toSorted((left, right) => left - right));
}

/** How many files a request has. */
export function countFiles({ request }: PairRequest): number {
  return Object.values(request).flat().filter((value) =>
    typeof value === "object" && value !== null && "file" in value
  ).length;
}
