import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { SEED } from "../../tools/local/stack/settings.ts";
import { stack } from "../support/stack.ts";
import { serveStaticPlayground } from "./support/static_host.ts";
import { withPlayground } from "./support/with_playground.ts";

const [, USER] = SEED.users;

interface Keys {
  readonly publishableKey?: string;
  readonly apiKey?: string;
}

async function connect(
  page: Page,
  url: string,
  password: string,
  { publishableKey = stack.secrets.publishableKey, apiKey = SEED.apiKey }: Keys = {},
): Promise<void> {
  await page.getByLabel("Project address").fill(url);
  await page.getByLabel("Publishable key").fill(publishableKey);
  await page.getByLabel("API key of the app").fill(apiKey);
  await page.getByLabel("Email").fill(USER.email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

Deno.test("the folder on another host asks for the project, and is signed in after a reload", async () => {
  const { origin, stop } = await serveStaticPlayground();
  try {
    await withPlayground(async (page) => {
      await connect(page, `${stack.projectUrl}/`, USER.password);
      await page.getByText(USER.email).waitFor();
      const views = page.getByRole("navigation").getByRole("link");
      assert.deepEqual(await views.allTextContents(), ["Create", "Compare", "Gallery", "Operate"]);
      await page.reload();
      await page.getByText(USER.email).waitFor();
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByText(`Sign in to ${stack.projectUrl}.`).waitFor();
    }, { origin });
  } finally {
    await stop();
  }
});

Deno.test("what is wrong with an address or a password is said, and can be mended at once", async () => {
  const { origin, stop } = await serveStaticPlayground();
  try {
    await withPlayground(async (page) => {
      await connect(page, "http://127.0.0.1:9", USER.password);
      await page.getByRole("alert").getByText("http://127.0.0.1:9 does not answer").waitFor();
      await connect(page, stack.projectUrl, "wrong");
      await page.getByRole("alert").getByText("Invalid login credentials").waitFor();
      await connect(page, stack.projectUrl, USER.password);
      await page.getByText(USER.email).waitFor();
    }, { origin, expected: /Failed to load resource|Failed to fetch/ });
  } finally {
    await stop();
  }
});

Deno.test("a wrong key is named when signing in, and nobody is signed in by it", async () => {
  const { origin, stop } = await serveStaticPlayground();
  try {
    await withPlayground(async (page) => {
      const warnings: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "warning") warnings.push(message.text());
      });
      const problem = page.getByRole("alert");
      await connect(page, stack.projectUrl, USER.password, { publishableKey: "sb_publishable_no" });
      await problem.getByText("Publishable key: ").waitFor();
      await connect(page, stack.projectUrl, USER.password, { apiKey: `${SEED.apiKey}x` });
      await problem.getByText("API key of the app: ").waitFor();
      assert.equal(
        await page.getByLabel("API key of the app").getAttribute("aria-invalid"),
        "true",
      );
      await page.reload();
      await page.getByLabel("Project address").waitFor();
      await connect(page, stack.projectUrl, USER.password);
      await page.getByText(USER.email).waitFor();
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByRole("button", { name: "Use another project" }).click();
      assert.equal(await page.getByLabel("Project address").inputValue(), stack.projectUrl);
      assert.equal(await page.getByLabel("API key of the app").inputValue(), SEED.apiKey);
      await page.getByLabel("Email").fill(USER.email);
      await page.getByLabel("Password").fill(USER.password);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByText(USER.email).waitFor();
      assert.deepEqual(warnings.filter((text) => text.includes("GoTrueClient")), []);
    }, { origin, expected: /Failed to load resource/ });
  } finally {
    await stop();
  }
});
