import assert from "node:assert/strict";
import { violationsOf } from "./support/violations.ts";
import { withPlayground } from "./support/with_playground.ts";

const VIEWS = ["create", "compare", "gallery", "break-it", "operate"];

Deno.test("axe finds nothing in any view, in both themes, on phone and desktop", async (t) => {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [390, 1280]) {
      await withPlayground(async (page) => {
        for (const view of VIEWS) {
          await t.step(`${view}, ${colorScheme}, ${width}`, async () => {
            await page.evaluate(`location.hash = "#/${view}"`);
            await page.getByRole("heading", { level: 1 }).waitFor();
            await page.locator("[aria-busy=true]").waitFor({ state: "detached" });
            assert.deepEqual(await violationsOf(page), []);
          });
        }
      }, { colorScheme, width });
    }
  }
});
