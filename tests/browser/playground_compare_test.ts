import assert from "node:assert/strict";
import { purchasesOf, withFaults } from "../support/simulator.ts";
import { completeTasksOf, openRoute, tasksOf } from "./support/playground_tasks.ts";
import { withPlayground } from "./support/with_playground.ts";

Deno.test("one prompt goes to every provider once, also when the page is reloaded in between", async () => {
  const prompt = `A hat of all makers ${crypto.randomUUID()}`;
  await withPlayground(async (page) => {
    await page.getByRole("textbox", { name: "Prompt" }).fill(prompt);
    await page.getByText("At most 8.5 ¢ together").waitFor();
    await page.getByRole("button", { name: "Ask 3 providers" }).click();
    await page.getByRole("article", { name: "Recraft" }).waitFor();
    await page.reload();
    for (const provider of ["OpenAI", "Stability", "Recraft"]) {
      const column = page.getByRole("article", { name: provider });
      await column.getByRole("img", { name: `Result of ${provider}` }).waitFor();
      assert.match(await column.innerText(), /\d\.\d s/);
      assert.match(await column.innerText(), /[\d.]+\s¢/);
    }
    await page.getByText("cheapest").waitFor();
  }, { route: "compare" });
  const tasks = await completeTasksOf(prompt, 3);
  assert.deepEqual(tasks.map(({ provider }) => provider).toSorted(), [
    "openai",
    "recraft",
    "stability",
  ]);
  assert.equal(await purchasesOf(prompt), 3);
});

Deno.test("who is left out is not asked, and the total is without them", async () => {
  const prompt = `A hat of two makers ${crypto.randomUUID()}`;
  await withPlayground(async (page) => {
    await page.getByRole("textbox", { name: "Prompt" }).fill(prompt);
    await page.getByRole("checkbox", { name: /^Recraft/ }).uncheck();
    await page.getByText("At most 4.5 ¢ together").waitFor();
    await page.getByRole("button", { name: "Ask 2 providers" }).click();
    await page.getByRole("article", { name: "Stability" }).waitFor();
    assert.equal(await page.getByRole("article", { name: "Recraft" }).count(), 0);
  }, { route: "compare" });
  assert.equal((await completeTasksOf(prompt, 2)).length, 2);
});

Deno.test("what one provider refuses stands in its column, and the others go on", async () => {
  const prompt = `A hat that one does not make ${crypto.randomUUID()}`;
  const fault = { provider: "openai", kind: "refused", times: 1 };
  await withFaults([fault], () =>
    withPlayground(async (page) => {
      await page.getByRole("textbox", { name: "Prompt" }).fill(prompt);
      await page.getByRole("button", { name: "Ask 3 providers" }).click();
      const column = page.getByRole("article", { name: "OpenAI" });
      await column.getByRole("alert").waitFor();
      assert.match(await column.innerText(), /Cost[^]*nothing/);
      for (const provider of ["Stability", "Recraft"]) {
        await page.getByRole("img", { name: `Result of ${provider}` }).waitFor();
      }
    }, { route: "compare" }));
  assert.deepEqual((await tasksOf(prompt)).map(({ status }) => status).toSorted(), [
    "complete",
    "complete",
    "failed",
  ]);
  assert.equal(await purchasesOf(prompt), 2);
});

Deno.test("nothing is asked without words", async () => {
  await withPlayground(async (page) => {
    await openRoute(page, "compare");
    await page.getByRole("button", { name: "Ask 3 providers" }).click();
    await page.locator("[data-field=prompt]:focus").waitFor();
    assert.equal(await page.getByRole("article").count(), 0);
  });
});
