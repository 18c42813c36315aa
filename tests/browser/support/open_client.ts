import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { SEED } from "../../../tools/local/stack/settings.ts";
import { stack } from "../../support/stack.ts";

export interface PageSettings {
  readonly token: string;
  /** What the page gets for a token that is refused. Default: the same. */
  readonly renewed?: string;
  /** Default: the project's. */
  readonly url?: string;
}

/** The client in a page, which draws photos; `window.makeit3d` is it. */
export async function openClient(page: Page, settings: PageSettings): Promise<void> {
  const { token, renewed = null, url = stack.projectUrl } = settings;
  const options = { url, apiKey: SEED.apiKey };
  await page.evaluate(`(async () => {
    const { createMakeIt3D } = await import("/client.js");
    const { browserImages } = await import("/client-images.js");
    const { token, renewed } = ${JSON.stringify({ token, renewed })};
    window.makeit3d = createMakeIt3D({
      ...${JSON.stringify(options)},
      accessToken: (refused) => Promise.resolve(refused && renewed ? renewed : token),
      prepare: browserImages(),
    });
  })()`);
}

/** Chooses a photo as a user does; `window.photo` is it. */
export async function choosePhoto(page: Page, jpeg: Uint8Array): Promise<void> {
  await page.evaluate(
    `document.body.append(Object.assign(document.createElement("input"), { type: "file" }))`,
  );
  const file = { name: "photo.jpg", mimeType: "image/jpeg", buffer: Buffer.from(jpeg) };
  await page.setInputFiles("input", file);
  await page.evaluate(`[window.photo] = document.querySelector("input").files`);
}

/** Lets no more bytes a second out of a page. */
export async function slowDown(page: Page, bytesPerSecond: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: bytesPerSecond,
  });
}
