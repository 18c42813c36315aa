import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { blobSource } from "../../shared/inputs/byte_source.ts";
import { look } from "../../shared/inputs/look.ts";
import { drawImage } from "../../simulators/images.ts";
import { countTasksOf, newUser } from "../support/new_user.ts";
import { readPurchases, withFaults } from "../support/simulator.ts";
import { uploadsOf } from "../support/uploads.ts";
import { drawLargePhoto } from "./support/large_photo.ts";
import { choosePhoto, openClient, slowDown } from "./support/open_client.ts";
import { PLACE, turn } from "./support/turned_jpeg.ts";
import { withPage } from "./support/with_page.ts";

Deno.test("a page chooses a photo, sees how far it is, and gets a model of it", async () => {
  const user = await newUser();
  const picture = { width: 3_000, height: 1_500, seed: "page", index: 0, format: "jpeg" } as const;
  const photo = turn(await drawImage(picture));
  await withPage(async (page) => {
    await openClient(page, user);
    const uploads: Buffer[] = [];
    page.on("request", (request) => {
      const body = request.url().includes("/storage/v1/object/inputs/") && request.postDataBuffer();
      if (body) uploads.push(body);
    });
    await choosePhoto(page, photo);
    const seen = await page.evaluate<{ states: string[]; url: string }>(`(async () => {
      const states = [];
      const { assets } = await makeit3d.generate("image-to-model", {
        provider: "tripo",
        images: [photo, null],
      }, { onUpdate: ({ status }) => states.push(status) });
      return { states, url: assets[0].url };
    })()`);
    assert.equal(seen.states.at(-1), "complete");
    assert.match(seen.url, /\.glb$/);
    assert.equal(uploads.length, 1);
    const [uploaded = Buffer.from("")] = uploads;
    const image = await look(blobSource(new Blob([new Uint8Array(uploaded)])));
    assert.ok(image.found === "image");
    assert.deepEqual([image.width, image.height, image.orientation], [1_024, 2_048, 1]);
    assert.ok(!uploaded.includes(PLACE));
  });
});

Deno.test("a tab that is closed after an upload finds its model when it is opened again, offline in between", async () => {
  const user = await newUser();
  const before = (await readPurchases()).length;
  const photo = await drawLargePhoto();
  const slow = { provider: "tripo", kind: "slow", times: 1, latency_ms: 8_000 };
  await withPage((page) =>
    withFaults([slow], async () => {
      const origin = page.url();
      await openClient(page, user);
      await choosePhoto(page, photo);
      await slowDown(page, 2_000_000);
      await page.evaluate(`(() => {
        window.told = [];
        void makeit3d.generate("image-to-model", { provider: "tripo", images: [photo] }, {
          onUpload: (sent, total) => told.push([sent, total]),
        });
      })()`);
      await page.waitForFunction(`Object.values(localStorage).join().includes('"id"')`);
      assertRisen(await page.evaluate("told"), await uploadsOf(user));
      const context = page.context();
      await page.close();

      const again = await context.newPage();
      await again.goto(origin);
      await openClient(again, user);
      const found = await again.evaluate<number>(`(async () => {
        window.resumed = await makeit3d.resume();
        window.results = Promise.all(resumed.map((generation) => generation.result()));
        return resumed.length;
      })()`);
      assert.equal(found, 1);
      await context.setOffline(true);
      await again.waitForFunction(`resumed[0].problem?.code === "network"`);
      await context.setOffline(false);
      const urls = await again.evaluate<string[]>(
        `results.then((all) => all.map(({ assets }) => assets[0].url))`,
      );
      assert.equal(await again.evaluate("localStorage.length"), 0);
      const models = await Promise.all(urls.map(async (url) => (await fetch(url)).bytes()));
      assert.deepEqual(models.map((model) => new TextDecoder().decode(model.slice(0, 4))), [
        "glTF",
      ]);
    })
  );
  const bought = (await readPurchases()).slice(before);
  assert.deepEqual(bought.map(({ provider, operation }) => [provider, operation]), [
    ["tripo", "image-to-model"],
  ]);
  assert.equal(await countTasksOf(user), 1);
  assert.equal((await uploadsOf(user)).length, 1);
});

/** Rises from nothing to all bytes of the one file that there is. */
function assertRisen(
  told: readonly (readonly [sent: number, total: number])[],
  uploads: readonly number[],
): void {
  const sent = told.map(([bytes]) => bytes);
  assert.deepEqual(sent, sent.toSorted((left, right) => left - right));
  assert.ok(new Set(sent).size > 5, `${sent}`);
  assert.deepEqual([sent[0], [sent.at(-1)]], [0, uploads]);
}
