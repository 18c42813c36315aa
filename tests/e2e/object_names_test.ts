import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { acceptedBody } from "../../shared/contract/responses.ts";
import { drawImage } from "../../simulators/images.ts";
import { headersOf, newTaskId, post, signIn, type User } from "../support/client.ts";
import { putUnder, withVault } from "../support/named_objects.ts";
import { hostileNames, legalNames } from "../support/object_names.ts";
import { readPurchases } from "../support/simulator.ts";
import { stack, withDatabase } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";

/** What became of a file under a name. */
interface Fate {
  readonly path: string;
  readonly sha256: string;
  readonly fate: "not stored" | "refused" | "accepted";
  /** Of the task. */
  readonly id?: string;
}

const run = crypto.randomUUID();
const AT_ONCE = 12;

function picture(seed: string, side = 64): Promise<Uint8Array<ArrayBuffer>> {
  return drawImage({ width: side, height: side, seed: `${seed} ${run}`, index: 0, format: "png" });
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** What asks for a file. Two, because neither service takes so many requests in a few seconds. */
type Ask = Readonly<{ operation: string; provider: string; prompt?: string }>;

const CUT_OUT: Ask = { operation: "remove-background", provider: "stability" };
const EDIT: Ask = { operation: "image-to-image", provider: "flux", prompt: "a hat" };

/** Stores a picture of its own under a name, and asks for something made of it. */
async function tryName(
  user: User,
  { operation, ...fields }: Ask,
  path: string,
): Promise<Fate> {
  const bytes = await picture(path);
  const known = { path, sha256: sha256Of(bytes) };
  if (await putUnder(user, path, bytes) !== undefined) return { ...known, fate: "not stored" };
  // Written here, and not by the code under test.
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const response = await post(operation, {
    task_id: newTaskId(),
    ...fields,
    input_image_asset_url: `${stack.projectUrl}/storage/v1/object/authenticated/inputs/${encoded}`,
  }, headersOf(user.token));
  if (response.status === 202) {
    const { celery_task_id: id } = acceptedBody.parse(await response.json());
    return { ...known, fate: "accepted", id };
  }
  assert.deepEqual([response.status, (await response.json()).error], [400, "invalid_asset"], path);
  return { ...known, fate: "refused" };
}

async function tryNames(user: User, ask: Ask, paths: readonly string[]): Promise<readonly Fate[]> {
  const left = [...paths];
  const fates: Fate[] = [];
  const work = async (): Promise<void> => {
    for (let path = left.pop(); path !== undefined; path = left.pop()) {
      fates.push(await tryName(user, ask, path));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await waitUntil(
    "the end of all tasks",
    async () => {
      const ids = fates.flatMap(({ id }) => id ?? []);
      const [row] = await withDatabase((sql) =>
        sql`select from public.tasks where id = any (${ids}::uuid[]) and finished_at is null limit 1`
      );
      return row === undefined;
    },
    60,
    200,
  );
  return fates;
}

/** SHA-256 of all files that the AI services were sent. */
async function sentFiles(): Promise<ReadonlySet<string>> {
  const books = JSON.stringify(await readPurchases());
  return new Set(books.match(/[0-9a-f]{64}/g));
}

function count(fates: readonly Fate[], fate: Fate["fate"]): number {
  return fates.filter((one) => one.fate === fate).length;
}

Deno.test("whatever a file's name is, its own bytes are sent, or it is refused", async () => {
  const [user, victim] = [await signIn(1), await signIn(2)];
  const [secret, vaulted, besides] = await Promise.all(
    ["secret", "vaulted", "beside"].map((seed) => picture(seed, 96)),
  );
  assert.ok(secret && vaulted && besides);
  const [folder, vault] = [`${user.id}/${run}`, `vault-${run}`];
  await putUnder(victim, `${victim.id}/private.png`, secret);
  await putUnder(user, `${user.id}/m-${run}`, besides);
  await withVault(vault, "private.png", vaulted, async () => {
    const legal = await tryNames(user, CUT_OUT, legalNames().map((name) => `${folder}/${name}`));
    const hostile = await tryNames(
      user,
      EDIT,
      hostileNames(victim.id, vault, `m-${run}`).map((name) => `${user.id}/${name}`),
    );
    const sent = await sentFiles();
    for (const [name, bytes] of Object.entries({ secret, vaulted, besides })) {
      assert.equal(sent.has(sha256Of(bytes)), false, `${name} was sent`);
    }
    const wrong = [...legal, ...hostile].filter(({ fate, sha256 }) =>
      (fate === "accepted") !== sent.has(sha256)
    );
    assert.deepEqual(wrong.map(({ path }) => path), [], "accepted, and not read as they are");
    for (const [kind, fates] of Object.entries({ legal, hostile })) {
      // deno-lint-ignore no-console -- what the test has seen
      console.log(
        `${kind} names: ${fates.length}; their own bytes sent: ${count(fates, "accepted")}; ` +
          `refused with 400: ${count(fates, "refused")}; not stored: ${count(fates, "not stored")}`,
      );
    }
    assert.deepEqual(
      legal.filter(({ fate }) => fate === "refused").map(({ path }) => path),
      [],
      "legal names that are refused",
    );
    const stored = [...legal, ...hostile].filter(({ fate }) => fate !== "not stored");
    assert.ok(stored.length >= 200, `Only ${stored.length} names were stored`);
  });
});
