import assert from "node:assert/strict";
import { headersOf, newTaskId, post } from "../support/client.ts";
import { withLimits } from "../support/limits.ts";
import { clientOf, type NewUser, newUser } from "../support/new_user.ts";
import { withDatabase } from "../support/stack.ts";

const KB = 1024;

interface Answer {
  readonly error: unknown;
}

/** Uploads so many bytes to the user's folder, as an app does. */
async function upload(user: NewUser, name: string, bytes: number, upsert = false): Promise<Answer> {
  return await clientOf(user).storage.from("inputs").upload(
    `${user.id}/${name}`,
    new Uint8Array(bytes),
    { contentType: "image/png", upsert },
  );
}

interface Stored {
  readonly files: number;
  readonly bytes: number;
}

/** What Storage has of a user, by its own rows. */
async function storedBy({ id }: NewUser): Promise<Stored> {
  const [stored] = await withDatabase((sql) =>
    sql<Stored[]>`
      select count(*)::integer as files, coalesce(sum((regexp_match(metadata::text, 'size[^0-9]+([0-9]+)'))[1]::float8), 0) as bytes
      from storage.objects
      where bucket_id = 'inputs' and split_part(name, '/', 1) = ${id}
    `
  );
  if (!stored) throw new Error("No count");
  return { ...stored };
}

/** In the words that Storage has for it: an app tells its user to delete something. */
function assertRefused({ error }: Answer, what: string): void {
  assert.match(String(Object(error).message), /row-level security policy/, what);
}

Deno.test("twenty uploads at once at the quota: at most one file each comes on top", async () => {
  const user = await newUser();
  const [size, quota] = [50 * KB, 200 * KB];
  await withLimits({ user_stored_bytes: quota }, async () => {
    for (let place = 0; place < 3; place++) {
      assert.equal((await upload(user, `first/${place}.png`, size)).error, null);
    }
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, place) => upload(user, `${place}.png`, size)),
    );
    const taken = answers.filter(({ error }) => error === null).length;
    const stored = await storedBy(user);
    assert.ok(taken > 0, "there was room for one");
    assert.deepEqual(stored, { files: 3 + taken, bytes: (3 + taken) * size });
    assert.ok(stored.bytes <= quota + 20 * size);

    for (let more = 0; more < 3; more++) {
      assertRefused(await upload(user, `more/${more}.png`, size), "another file");
    }
    assertRefused(await upload(user, "0.png", size, true), "a file in the place of another");
    const copy = await clientOf(user).storage.from("inputs")
      .copy(`${user.id}/first/0.png`, `${user.id}/copy.png`);
    assertRefused(copy, "a copy");
    assert.deepEqual(await storedBy(user), stored);
  });
});

Deno.test("a user at the quota removes files, and uploads again", async () => {
  const [user, other] = [await newUser(), await newUser()];
  await withLimits({ user_stored_files: 2 }, async () => {
    for (const name of ["0.png", "1.png"]) {
      assert.equal((await upload(user, name, KB)).error, null);
    }
    assertRefused(await upload(user, "2.png", KB), "a third file");
    assert.equal((await upload(other, "0.png", KB)).error, null, "another user's");
    const removed = await clientOf(user).storage.from("inputs").remove([`${user.id}/0.png`]);
    assert.equal(removed.error, null);
    assert.equal((await upload(user, "2.png", KB)).error, null, "when there is room");
  });
});

Deno.test("a user without an account stores nothing, as it generates nothing", async () => {
  const user = await newUser({ is_anonymous: true });
  const request = { task_id: newTaskId(), provider: "openai", prompt: "A cube" };
  const submit = await post("text-to-image", request, headersOf(user.token));
  assert.equal(submit.status, 403);
  await submit.body?.cancel();
  assertRefused(await upload(user, "0.png", KB), "an upload");
  const row = await clientOf(user).from("input_assets").insert({
    asset_url: "https://files/0.png",
  });
  assert.equal(row.error?.code, "42501");
  assert.deepEqual(await storedBy(user), { files: 0, bytes: 0 });

  await withLimits({ allows_anonymous_users: true }, async () => {
    assert.equal((await upload(user, "0.png", KB)).error, null, "where the project allows it");
  });
});

Deno.test("a blocked user stores nothing more", async () => {
  const user = await newUser();
  assert.equal((await upload(user, "0.png", KB)).error, null);
  await withDatabase((sql) =>
    sql`insert into private.blocked_users (user_id, reason) values (${user.id}, 'Floods')`
  );
  assertRefused(await upload(user, "1.png", KB), "an upload");
  const row = await clientOf(user).from("input_assets").insert({
    asset_url: "https://files/0.png",
  });
  assert.equal(row.error?.code, "42501");
  assert.deepEqual(await storedBy(user), { files: 1, bytes: KB });
});

Deno.test("rows of inputs are few, small and harmless", async () => {
  const user = await newUser();
  const inputs = clientOf(user).from("input_assets");
  const url = "https://files/0.png";
  const refused: readonly (readonly [what: string, rows: object[], words: RegExp])[] = [
    ["a script", [{ asset_url: "javascript:alert(1)" }], /input_assets_asset_url_is_http/],
    [
      "five rows of a megabyte",
      Array.from({ length: 5 }, () => ({
        asset_url: url,
        metadata: { x: "x".repeat(1024 * KB) },
      })),
      /input_assets_metadata_has_at_most_8_kb/,
    ],
    [
      "a long URL",
      [{ asset_url: `${url}?${"x".repeat(2_000)}` }],
      /input_assets_asset_url_has_at_most_2000_characters/,
    ],
    [
      "too many at once",
      Array.from({ length: 11 }, () => ({ asset_url: url })),
      /Limit of 10 input assets for each user reached; delete some/,
    ],
  ];
  await withLimits({ user_input_assets: 10 }, async () => {
    for (const [what, rows, words] of refused) {
      const { error } = await inputs.insert(rows);
      assert.match(error?.message ?? "", words, what);
    }
    assert.deepEqual((await inputs.select("id")).data, []);

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => inputs.insert({ asset_url: url, task_id: "mine" })),
    );
    assert.equal(answers.filter(({ error }) => error === null).length, 10);
    assert.equal(
      (await inputs.select("id")).data?.length,
      10,
      "at once, too, no more than allowed",
    );
  });
});
