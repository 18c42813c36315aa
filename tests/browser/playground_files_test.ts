import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { drawImage } from "../../simulators/images.ts";
import { withPlayground } from "./support/with_playground.ts";

const ROUTE = "create?operation=image-to-model&provider=stability";

/** An image file in a page, as an event brings it. */
async function fileOf(width: number, height: number): Promise<string> {
  const bytes = await drawImage({ width, height, seed: "files", index: 0, format: "png" });
  return `(() => {
    const given = new DataTransfer();
    given.items.add(new File([Uint8Array.from([${bytes}])], "photo.png", { type: "image/png" }));
    return given;
  })()`;
}

async function dispatch(page: Page, event: string, target = "document"): Promise<void> {
  await page.evaluate(`${target}.dispatchEvent(${event})`);
}

Deno.test("an image comes in by a drop at its place, beside it, or by pasting", async (t) => {
  const file = await fileOf(700, 700);
  const drop = `new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: ${file} })`;
  const paste = `new ClipboardEvent("paste", { bubbles: true, clipboardData: ${file} })`;
  const ways: Readonly<Record<string, (page: Page) => Promise<void>>> = {
    "at its place": (page) => dispatch(page, drop, `document.querySelector("[data-field=image]")`),
    "beside it": (page) => dispatch(page, drop),
    "pasted": (page) => dispatch(page, paste),
  };
  for (const [name, bring] of Object.entries(ways)) {
    await t.step(name, async () => {
      await withPlayground(async (page) => {
        await page.getByText("Choose a picture").waitFor();
        await bring(page);
        await page.getByText("700 × 700").waitFor();
      }, { route: ROUTE });
    });
  }
});

Deno.test("a picture that is too small says so in the API's words, before it is uploaded", async () => {
  const file = await fileOf(200, 100);
  await withPlayground(async (page) => {
    await page.getByText("Choose a picture").waitFor();
    let uploads = 0;
    page.on("request", (request) => request.url().includes("/storage/v1/object/") && uploads++);
    await dispatch(page, `new ClipboardEvent("paste", { bubbles: true, clipboardData: ${file} })`);
    await page.getByText(
      "Is 200x100 pixels; each side must have at least 640: scale it up to at least 1280x640",
    ).waitFor();
    await page.getByRole("button", { name: "Make model" }).click();
    await page.locator("[data-field=image] :focus").waitFor({ state: "attached" });
    assert.equal(uploads, 0);
    // Another provider takes smaller ones, but not as small.
    await page.getByRole("radio", { name: /^Tripo/ }).click();
    await page.getByText("each side must have at least 256").waitFor();
  }, { route: ROUTE });
});

Deno.test("a photo of a phone is made to fit, and keeps its shape", async () => {
  const file = await fileOf(3_000, 1_500);
  await withPlayground(async (page) => {
    await page.getByText("Choose a picture").waitFor();
    await dispatch(page, `new ClipboardEvent("paste", { bubbles: true, clipboardData: ${file} })`);
    await page.getByText("2048 × 1024").waitFor();
  }, { route: ROUTE });
});
