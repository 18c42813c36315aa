import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { violationsOf } from "./support/violations.ts";
import { withPlayground } from "./support/with_playground.ts";

/** Brings the form into a state in which there is more to see than when it is opened. */
type State = (page: Page) => Promise<void>;

const STATES: Readonly<Record<string, readonly [operation: string, state: State]>> = {
  "all options": ["text-to-image&provider=stability", async (page) => {
    await page.locator("summary", { hasText: "Options" }).click();
    await page.getByText("For repeatable results").waitFor();
  }],
  "four views": ["image-to-model&provider=tripo", async (page) => {
    await page.getByRole("button", { name: "Robot, four views" }).click();
    await page.getByText(/^At most 30/).waitFor();
  }],
  "a mask": ["image-inpaint", async (page) => {
    await page.getByRole("button", { name: "Garden bench" }).click();
    await page.getByText(/^At most 4/).waitFor();
  }],
  "what is missing": ["search-and-recolor", async (page) => {
    await page.getByRole("button", { name: "Recolour", exact: true }).click();
    await page.getByText("Add a picture").waitFor();
  }],
  "the code": ["text-to-model", async (page) => {
    await page.locator("summary", { hasText: "Code for this request" }).click();
  }],
};

for (const colorScheme of ["light", "dark"] as const) {
  Deno.test(`axe finds nothing in any state of the form, ${colorScheme}`, async (t) => {
    for (const [name, [operation, state]] of Object.entries(STATES)) {
      await t.step(name, async () => {
        await withPlayground(async (page) => {
          await page.getByRole("heading", { level: 1 }).waitFor();
          await state(page);
          assert.deepEqual(await violationsOf(page), []);
        }, { colorScheme, width: 390, route: `create?operation=${operation}` });
      });
    }
  });
}

Deno.test("from opening the page to the submit, the keyboard is enough", async () => {
  await withPlayground(async (page) => {
    await page.getByRole("radio", { name: "Make an image" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.getByRole("button", { name: "Castle" }).waitFor();
    // The ways, then the first sample.
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const focused = page.locator(":focus").and(page.getByRole("textbox", { name: "Prompt" }));
    await page.getByText(/^At most 20/).waitFor();
    while (await focused.count() === 0) {
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Control+Enter");
    await page.getByText("Accepted. The result appears beside the form.").waitFor();
  });
});
