import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { Jimp } from "../../simulators/jimp.ts";
import { completeTasksOf } from "./support/playground_tasks.ts";
import { withPlayground } from "./support/with_playground.ts";

const CANVAS = "Mask over the picture";

Deno.test("a painted mask has the picture's size, hard edges, and the strokes that were not undone", async () => {
  const prompt = `A pond of its own ${crypto.randomUUID()}`;
  await withPlayground(async (page) => {
    const uploads = uploadedImages(page);
    await page.getByRole("button", { name: "Garden bench" }).click();
    const canvas = page.getByRole("application", { name: CANVAS });
    await canvas.waitFor();
    await page.getByRole("button", { name: "Clear" }).click();
    await paint(page, [[0.25, 0.25], [0.75, 0.25]]);
    await paint(page, [[0.25, 0.75], [0.75, 0.75]]);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("textbox", { name: "Prompt" }).fill(prompt);
    await page.getByRole("button", { name: "Repaint", exact: true }).click();
    const [task] = await completeTasksOf(prompt, 1);
    // A price may have been asked for with an earlier mask, which is uploaded, too.
    const sent = uploads.get(nameIn(String(task?.parameters["input_mask_asset_url"])));
    assert.ok(sent);
    const mask = await Jimp.read(sent);
    assert.deepEqual([mask.width, mask.height], [1_024, 1_024]);
    const shades = new Set(
      Array.from({ length: 1_024 * 1_024 }, (_, at) => mask.bitmap.data[4 * at]),
    );
    assert.deepEqual([...shades].toSorted(), [0, 255]);
    assert.equal(mask.getPixelColor(512, 256), 0xffffffff);
    assert.equal(mask.getPixelColor(512, 768), 0x000000ff);
  }, { route: "create?operation=image-inpaint" });
});

Deno.test("a mask is painted by keys alone", async () => {
  await withPlayground(async (page) => {
    await page.getByRole("button", { name: "Garden bench" }).click();
    const canvas = page.getByRole("application", { name: CANVAS });
    await canvas.waitFor();
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByRole("textbox", { name: "Prompt" }).fill("A pond");
    await canvas.focus();
    await canvas.press("ArrowRight");
    await canvas.press("Space");
    await page.getByRole("button", { name: "Clear" }).and(page.locator(":enabled")).waitFor();
    await page.getByText(/^At most 4\s¢/).waitFor();
  }, { route: "create?operation=image-inpaint" });
});

Deno.test("a mask of another shape is refused with the size that it must have", async () => {
  await withPlayground(async (page) => {
    await page.getByRole("button", { name: "Garden bench" }).click();
    await page.getByRole("application", { name: CANVAS }).waitFor();
    const wide = await new Jimp({ width: 200, height: 100, color: 0xffffffff }).getBuffer(
      "image/png",
    );
    await page.getByLabel("Open a mask…").setInputFiles({
      name: "wide.png",
      mimeType: "image/png",
      buffer: wide,
    });
    await page.getByText("Must be 1024x1024 like the image").waitFor();
  }, { route: "create?operation=image-inpaint" });
});

/** Paints a line between points of the picture, each from 0 to 1. */
async function paint(page: Page, points: readonly (readonly [number, number])[]): Promise<void> {
  const canvas = page.getByRole("application", { name: CANVAS });
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  assert.ok(box);
  const places = points.map(([x, y]) => [box.x + x * box.width, box.y + y * box.height] as const);
  const [[startX = 0, startY = 0] = []] = places;
  await page.mouse.move(startX, startY);
  await page.mouse.down();
  for (const [x, y] of places) await page.mouse.move(x, y, { steps: 4 });
  await page.mouse.up();
}

/** What the page uploads, as it does, by its name in the bucket. */
function uploadedImages(page: Page): ReadonlyMap<string, Buffer> {
  const uploads = new Map<string, Buffer>();
  page.on("request", (request) => {
    const body = request.postDataBuffer();
    if (body && nameIn(request.url()) !== "") uploads.set(nameIn(request.url()), body);
  });
  return uploads;
}

function nameIn(url: string): string {
  return /\/storage\/v1\/object\/(?:\w+\/)?inputs\/([^?]+)/.exec(url)?.[1] ?? "";
}
