import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { operationIds, operations } from "../../shared/contract/operations.ts";
import { stack } from "../support/stack.ts";
import { withPage } from "./support/with_page.ts";

const ADDRESS = `${stack.projectUrl}/docs`;

interface Visit {
  readonly page: Page;
  readonly requested: readonly string[];
  readonly errors: readonly string[];
}

/** What the page asks for and complains of from its first request on. */
async function visit(page: Page): Promise<Visit> {
  const requested: string[] = [];
  const errors: string[] = [];
  page.on("request", (request) => requested.push(request.url()));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(ADDRESS);
  await page.getByText("/generation/text-to-image").first().waitFor();
  return { page, requested, errors };
}

/** Lightness of the page's background from 0 to 1. */
async function lightness(page: Page): Promise<number> {
  const colour = await page.evaluate<string>(
    "getComputedStyle(document.documentElement).backgroundColor",
  );
  const parts = colour.match(/\d+/g)?.slice(0, 3).map(Number) ?? assert.fail(colour);
  return parts.reduce((sum, part) => sum + part, 0) / 3 / 255;
}

Deno.test("the reference shows every operation, and asks no other host for anything", async () => {
  await withPage(async (empty) => {
    const { page, requested, errors } = await visit(empty);
    // An operation with its samples, and the search: what Redoc would load more for.
    await page.getByText("/generation/image-to-model").first().click();
    await page.getByText("input_image_asset_urls").first().waitFor();
    const text = await page.locator("body").innerText();
    for (const id of operationIds) assert.ok(text.includes(operations[id].summary), id);
    await page.keyboard.press("Control+k");
    await page.keyboard.type("grow_mask");
    await page.getByText("By how many pixels the found area grows").last().waitFor();
    assert.deepEqual(errors, []);
    const own = new URL(ADDRESS).origin;
    const foreign = requested.filter((url) =>
      !url.startsWith("data:") && !url.startsWith(`${own}/`)
    );
    assert.deepEqual(foreign, []);
    for (const path of ["/docs/redoc.js", "/functions/v1/generation/openapi.json"]) {
      assert.ok(requested.includes(own + path), path);
    }
  });
});

Deno.test("the reference is dark where the system is, and light where it is not", async (t) => {
  for (const [colorScheme, isRight] of SCHEMES) {
    await t.step(colorScheme, async () => {
      await withPage(async (empty) => {
        await empty.emulateMedia({ colorScheme });
        const { page } = await visit(empty);
        assert.ok(isRight(await lightness(page)));
      });
    });
  }
});

const SCHEMES = [
  ["dark", (lightness: number) => lightness < 0.3],
  ["light", (lightness: number) => lightness > 0.9],
] as const;

Deno.test("nothing but the project's own is allowed to the reference", async () => {
  const { headers, body } = await fetch(ADDRESS);
  await body?.cancel();
  const policy = headers.get("content-security-policy") ?? "";
  assert.match(policy, /^default-src 'self';/);
  assert.doesNotMatch(policy, /https?:|\*|unsafe-eval|script-src/);
});
