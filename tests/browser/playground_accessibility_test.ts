import assert from "node:assert/strict";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { withPlayground } from "./support/with_playground.ts";

const VIEWS = ["create", "compare", "gallery", "break-it", "operate"];

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe finds wrong with the page as it is now, in words. */
async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate<Violation[]>(
    "axe.run().then(({ violations }) => violations)",
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`)
  );
}

Deno.test("axe finds nothing in any view, in both themes, on phone and desktop", async (t) => {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [390, 1280]) {
      await withPlayground(async (page) => {
        for (const view of VIEWS) {
          await t.step(`${view}, ${colorScheme}, ${width}`, async () => {
            await page.evaluate(`location.hash = "#/${view}"`);
            await page.getByRole("heading", { level: 1 }).waitFor();
            await page.waitForFunction(`!document.querySelector("[aria-busy=true]")`);
            assert.deepEqual(await violationsOf(page), []);
          });
        }
      }, { colorScheme, width });
    }
  }
});
