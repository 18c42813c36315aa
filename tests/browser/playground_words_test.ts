import assert from "node:assert/strict";
import { signIn, submit } from "../support/client.ts";
import { withPlayground } from "./support/with_playground.ts";

Deno.test("a new surface asks for its words when the button is pressed, in words of the form", async () => {
  await withPlayground(async (page) => {
    await page.getByRole("button", { name: "Vase" }).click();
    const prompt = page.getByRole("textbox", { name: "Prompt" });
    await page.getByText(/^At most .*\s¢/).waitFor();
    await prompt.fill("");
    await page.getByText(/^About .*\s¢/).waitFor();
    assert.equal(await prompt.getAttribute("aria-invalid"), "false");
    await page.getByRole("button", { name: "Paint model" }).click();
    await page.getByText("Fill this in: how the surface is to look").waitFor();
    assert.equal(await prompt.getAttribute("aria-invalid"), "true");
    assert.equal(await page.getByText("Required without").count(), 0);
  }, { route: "create?operation=refine-model", expected: /Failed to load resource.*4\d\d/ });
});

Deno.test("a picture alone shows what a picture after it costs", async () => {
  await withPlayground(async (page) => {
    await page.getByRole("button", { name: "Robot of wood" }).click();
    await page.getByRole("textbox", { name: "Prompt" }).fill("");
    await page.getByText(/^About .*\s¢/).waitFor();
  }, { route: "create?operation=image-to-image" });
});

Deno.test("the sample of four views chooses who takes them", async () => {
  await withPlayground(async (page) => {
    await page.getByRole("radio", { name: /^Stability/ }).check({ force: true });
    await page.getByRole("button", { name: "Robot, four views" }).click();
    await page.getByRole("button", { name: "Remove Back" }).waitFor();
    assert.equal(await page.getByRole("radio", { name: /^Tripo/ }).isChecked(), true);
  }, { route: "create?operation=image-to-model" });
});

Deno.test("a task that is opened by the keyboard has the focus in its view", async () => {
  await submit(await signIn(), { prompt: "A kite for the keyboard" });
  await withPlayground(async (page) => {
    await page.getByRole("list", { name: "Your tasks" }).getByRole("link").first().press("Enter");
    await page.getByRole("heading", { name: "Task" }).waitFor({ state: "attached" });
    await page.locator("main:focus").waitFor();
  }, { route: "gallery" });
});

Deno.test("a sample is taken without a warning", async () => {
  await withPlayground(async (page) => {
    await page.getByRole("button", { name: "Teapot" }).click();
    await page.getByText(/^At most .*\s¢/).waitFor();
    assert.deepEqual(await page.locator(".field-warning").allTextContents(), []);
  }, { route: "create?operation=sketch-to-image" });
});
