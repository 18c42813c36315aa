import assert from "node:assert/strict";
import { chromium, type Page } from "playwright-core";
import { stack } from "../../support/stack.ts";
import { findBrowser } from "../../../testing/find_browser.ts";

export interface PlaygroundOptions {
  /** What stands behind the `#/` of the address. */
  readonly route?: string;
  readonly width?: number;
  readonly colorScheme?: "light" | "dark";
  /** Of the host; default: the stack's own. */
  readonly origin?: string;
  /** Errors that the page may say, because the test is about what goes wrong. */
  readonly expected?: RegExp;
}

/**
 * Opens the playground of the stack in a browser and closes it whatever happens. It fails if the page
 * says an error, or asks any other machine for anything.
 */
export async function withPlayground<T>(
  work: (page: Page) => Promise<T>,
  options: PlaygroundOptions = {},
): Promise<T> {
  const { route = "", width = 1280, colorScheme = "light", origin = stack.projectUrl } = options;
  const isExpected = (error: string): boolean => options.expected?.test(error) ?? false;
  const browser = await chromium.launch({ executablePath: findBrowser() });
  const errors: string[] = [];
  try {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    context.on("request", (request) => {
      const { protocol, hostname } = new URL(request.url());
      const isOwn = protocol === "data:" || protocol === "blob:" || hostname === "127.0.0.1";
      if (!isOwn) errors.push(`A request left the machine: ${request.url()}`);
    });
    context.on("page", (page) => {
      page.on("console", (message) => {
        if (message.type() === "error") errors.push(message.text());
      });
      page.on("pageerror", (error) => errors.push(String(error)));
    });
    const page = await context.newPage();
    await page.goto(`${origin}/#/${route}`);
    const result = await work(page);
    assert.deepEqual(errors.filter((error) => !isExpected(error)), []);
    return result;
  } catch (cause) {
    if (errors.length === 0 || cause instanceof assert.AssertionError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error([reason, "The page said:", ...errors].join("\n"), { cause });
  } finally {
    await browser.close();
  }
}
