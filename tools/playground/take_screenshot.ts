/**
 * Takes the README's picture of the playground, of a running local stack: `deno run -A
 * tools/playground/take_screenshot.ts`, behind it `--port 54421` for another than the usual one.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium, type Page } from "playwright-core";
import { findBrowser } from "../../testing/find_browser.ts";
import { DEFAULT_PORT, print, readPort, tellFailures } from "../command_line.ts";
import { repository } from "../local/stack/folders.ts";

const FILE = join(repository, "docs/images/playground.png");
const VIEWPORT = { width: 1280, height: 900 };

await tellFailures(async () => {
  const { values } = parseArgs({ options: { port: { type: "string" } } });
  const port = readPort(values.port) ?? DEFAULT_PORT;
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    // A machine without a graphics card draws the model, too.
    args: ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
  });
  try {
    const page = await browser.newPage({ viewport: VIEWPORT, colorScheme: "light" });
    await page.goto(`http://127.0.0.1:${port}/`);
    await makeModel(page);
    await Deno.mkdir(join(repository, "docs/images"), { recursive: true });
    await page.screenshot({ path: FILE });
    print(`Wrote ${FILE}`);
  } finally {
    await browser.close();
  }
});

/** What somebody does who has just opened the page. */
async function makeModel(page: Page): Promise<void> {
  await page.getByRole("radio", { name: "Make a 3D model" }).check();
  await page.getByRole("button", { name: "Castle" }).click();
  await page.getByRole("button", { name: "Make model" }).click();
  await page.locator(".viewer[data-state=shown]").waitFor();
  await page.mouse.move(0, 0);
  await page.evaluate("scrollTo(0, 0)");
}
