import assert from "node:assert/strict";
import { join } from "node:path";
import { blobSource } from "../../shared/inputs/byte_source.ts";
import { look } from "../../shared/inputs/look.ts";
import { drawImage } from "../../simulators/images.ts";
import { SEED } from "../../tools/local/stack/settings.ts";
import { repository } from "../../tools/local/stack/folders.ts";
import { signIn } from "../support/client.ts";
import { stack } from "../support/stack.ts";
import { PLACE, turn } from "./support/turned_jpeg.ts";
import { withPage } from "./support/with_page.ts";

const PROJECT = { url: stack.projectUrl, key: stack.secrets.publishableKey, user: SEED.users[0] };

Deno.test("the page's code for uploads makes a photo upright, small and without its place", async () => {
  const photo = { width: 3_000, height: 1_500, seed: "turned", index: 0, format: "jpeg" } as const;
  const code = await uploadOf(turn(await drawImage(photo)));
  const address = await withPage((page) => page.evaluate<string>(code));
  const path = new URL(address).pathname.split("/inputs/")[1] ?? "";
  const { supabase } = await signIn();
  const { data, error } = await supabase.storage.from("inputs").download(path);
  assert.equal(error, null);
  assert.ok(data);
  const seen = await look(blobSource(data));
  assert.ok(seen.found === "image");
  assert.deepEqual([seen.width, seen.height, seen.orientation], [1_024, 2_048, 1]);
  assert.ok(!new TextDecoder("latin1").decode(await data.arrayBuffer()).includes(PLACE));
});

/** The first block of docs/uploads.md as it stands, then an upload by it. */
async function uploadOf(photo: Uint8Array): Promise<string> {
  const text = await Deno.readTextFile(join(repository, "docs/uploads.md"));
  const block = /```js\n([^]*?)```/.exec(text)?.[1];
  assert.ok(block, "docs/uploads.md has no code for pages");
  return `(async () => {
    ${block}
    const project = ${JSON.stringify(PROJECT)};
    const client = supabase.createClient(project.url, project.key);
    const { data: { user } } = await client.auth.signInWithPassword(project.user);
    const photo = new Blob([Uint8Array.from([${photo}])], { type: "image/jpeg" });
    return await uploadPhoto(client, user, photo);
  })()`;
}
