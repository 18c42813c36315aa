import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { blobSource } from "../../shared/inputs/byte_source.ts";
import { look } from "../../shared/inputs/look.ts";
import { drawImage } from "../../simulators/images.ts";
import { SEED } from "../../tools/local/stack/settings.ts";
import { type NewUser, newUser } from "../support/new_user.ts";
import { purchasesOf, withFaults } from "../support/simulator.ts";
import { stack } from "../support/stack.ts";
import { PLACE, turn } from "./support/turned_jpeg.ts";
import { withPage } from "./support/with_page.ts";

/** The client in a page; `window.makeit3d` is it. */
async function openApp(page: Page, user: NewUser): Promise<void> {
  const options = { url: stack.projectUrl, apiKey: SEED.apiKey };
  await page.evaluate(`(async () => {
    const { createMakeIt3D } = await import("/client.js");
    const { browserImages } = await import("/client-images.js");
    window.makeit3d = createMakeIt3D({
      ...${JSON.stringify(options)},
      accessToken: () => Promise.resolve(${JSON.stringify(user.token)}),
      prepare: browserImages(),
    });
  })()`);
}

const prompt = (): string => `A hat ${crypto.randomUUID()}`;

Deno.test("a page chooses a photo, sees how far it is, and gets a model of it", async () => {
  const user = await newUser();
  const picture = { width: 3_000, height: 1_500, seed: "page", index: 0, format: "jpeg" } as const;
  const photo = turn(await drawImage(picture));
  await withPage(async (page) => {
    await openApp(page, user);
    const uploads: Buffer[] = [];
    page.on("request", (request) => {
      const body = request.url().includes("/storage/v1/object/inputs/") && request.postDataBuffer();
      if (body) uploads.push(body);
    });
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement("input"), { type: "file" }))`,
    );
    const file = { name: "photo.jpg", mimeType: "image/jpeg", buffer: Buffer.from(photo) };
    await page.setInputFiles("input", file);
    const seen = await page.evaluate<{ states: string[]; url: string }>(`(async () => {
      const [photo] = document.querySelector("input").files;
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

Deno.test("a tab that is closed finds its result when it is opened again, offline in between", async () => {
  const user = await newUser();
  const words = prompt();
  await withPage(async (page) => {
    const origin = page.url();
    await openApp(page, user);
    await withFaults([{ kind: "slow", times: 1, latency_ms: 8_000 }], async () => {
      await page.evaluate(`void makeit3d.generate("text-to-image", {
        provider: "openai",
        prompt: ${JSON.stringify(words)},
      })`);
      await page.waitForFunction(`Object.values(localStorage).join().includes('"id"')`);
      const context = page.context();
      await page.close();

      const again = await context.newPage();
      await again.goto(origin);
      await openApp(again, user);
      const found = await again.evaluate<number>(`(async () => {
        window.resumed = await makeit3d.resume();
        window.results = Promise.all(resumed.map((generation) => generation.result()));
        return resumed.length;
      })()`);
      assert.equal(found, 1);
      await context.setOffline(true);
      await again.waitForFunction(`resumed[0].problem?.code === "network"`);
      await context.setOffline(false);
      const states = await again.evaluate<string[]>(
        `results.then((all) => all.map(({ status }) => status))`,
      );
      assert.deepEqual(states, ["complete"]);
      assert.equal(await again.evaluate("localStorage.length"), 0);
    });
  });
  assert.equal(await purchasesOf(words), 1);
});
