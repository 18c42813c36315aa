import { chromium, type Page } from "playwright-core";
import { findBrowser } from "../../../testing/find_browser.ts";
import { servePages } from "./page_server.ts";

/**
 * Opens an app's page in a browser, of another origin than the project's, and closes both whatever
 * happens. A failure has what the page said: its errors, and requests that the browser refused.
 */
export async function withPage<T>(work: (page: Page) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({ executablePath: findBrowser() });
  const server = servePages();
  const said: string[] = [];
  try {
    // A context of its own, in which a test may open a second page.
    const page = await (await browser.newContext()).newPage();
    page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => said.push(String(error)));
    await page.goto(server.origin);
    return await work(page);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error([reason, "The page said:", ...said].join("\n"), { cause });
  } finally {
    await browser.close();
    await server.stop();
  }
}
