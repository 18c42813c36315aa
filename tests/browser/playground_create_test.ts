import assert from "node:assert/strict";
import { purchasesOf } from "../support/simulator.ts";
import { withDatabase } from "../support/stack.ts";
import {
  completeTaskShown,
  completeTasksOf,
  openRoute,
  tasksOf,
} from "./support/playground_tasks.ts";
import { withPlayground } from "./support/with_playground.ts";

Deno.test("the first image takes two clicks, and is bought once", async () => {
  const prompt = "A fox astronaut waving from the moon, soft watercolour";
  const [tasks, bought] = [(await tasksOf(prompt)).length, await purchasesOf(prompt)];
  await withPlayground(async (page) => {
    await page.getByRole("button", { name: "Fox astronaut" }).click();
    await page.getByRole("button", { name: "Make image" }).click();
    await page.locator("#result img").first().waitFor();
  });
  await completeTasksOf(prompt, tasks + 1);
  assert.equal((await tasksOf(prompt)).length, tasks + 1);
  assert.equal(await purchasesOf(prompt), bought + 1);
});

Deno.test("the first model takes three clicks", async () => {
  const prompt = "A medieval castle with tall towers";
  const tasks = (await tasksOf(prompt)).length;
  await withPlayground(async (page) => {
    await page.getByLabel("Make a 3D model").click();
    await page.getByRole("button", { name: "Castle" }).click();
    await page.getByRole("button", { name: "Make model" }).click();
    const [task] = (await completeTasksOf(prompt, tasks + 1)).slice(-1);
    assert.equal(task?.operation, "text-to-model");
  });
});

Deno.test("prices, times and the estimate stand there before anything is bought", async () => {
  await withPlayground(async (page) => {
    for (const provider of ["OpenAI", "Stability", "Recraft"]) {
      await page.getByRole("radio", { name: new RegExp(`^${provider} .*¢.*starts`) }).waitFor();
    }
    const prompt = `An unbought hat ${crypto.randomUUID()}`;
    await page.getByRole("textbox", { name: "Prompt" }).fill(prompt);
    await page.getByText(/^At most .*\s¢, starts at once/).waitFor();
    assert.deepEqual(await tasksOf(prompt), []);
  });
});

Deno.test("what is typed survives a reload, and so does what was made last", async () => {
  const prompt = `A hat that lasts ${crypto.randomUUID()}`;
  await withPlayground(async (page) => {
    await page.getByRole("textbox", { name: "Prompt" }).fill(prompt);
    await page.locator("summary", { hasText: "Options" }).click();
    await page.getByLabel("Number of images").press("ArrowRight");
    await page.getByRole("textbox", { name: "Prompt" }).press("Control+Enter");
    await page.locator("#result [role=status], #result img").first().waitFor();
    await page.reload();
    assert.equal(await page.getByRole("textbox", { name: "Prompt" }).inputValue(), prompt);
    await page.locator("summary", { hasText: "1 changed" }).waitFor();
    await page.locator("#result img").nth(1).waitFor();
  });
  const [task, ...more] = await completeTasksOf(prompt, 1);
  assert.deepEqual([task?.parameters["n"], more.length], [2, 0]);
  assert.equal(await purchasesOf(prompt), 1);
});

Deno.test("a page that ends before the answer shows its task when it is opened again, bought once", async () => {
  const prompt = `A hat whose answer is lost ${crypto.randomUUID()}`;
  await withPlayground(async (page) => {
    await page.getByRole("textbox", { name: "Prompt" }).fill(prompt);
    const accepted = Promise.withResolvers<void>();
    let requests = 0;
    await page.route(/generation\/text-to-image$/, async (route) => {
      if (++requests > 1) return await route.continue();
      // It is never answered: to route no more would answer it.
      await route.fetch();
      accepted.resolve();
    });
    await page.getByRole("button", { name: "Make image" }).click();
    await accepted.promise;
    await page.reload();
    await page.locator("#result img").first().waitFor();
  });
  assert.equal((await completeTasksOf(prompt, 1)).length, 1);
  assert.equal(await purchasesOf(prompt), 1);
});

Deno.test("what was made last and is deleted leaves an empty place, and no complaint", async () => {
  const prompt = `A hat that goes ${crypto.randomUUID()}`;
  await withPlayground(async (page) => {
    await page.getByRole("textbox", { name: "Prompt" }).fill(prompt);
    await page.getByRole("button", { name: "Make image" }).click();
    await completeTasksOf(prompt, 1);
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete for good" }).click();
    await page.getByText(/^Deleted\. /).waitFor();
    await page.reload();
    await page.getByText("Your result appears here.").waitFor();
  }, { expected: /status of 404/ });
  assert.deepEqual(await tasksOf(prompt), []);
});

Deno.test("what is missing has the focus and a reason, and nothing is sent", async () => {
  await withPlayground(async (page) => {
    await openRoute(page, "create?operation=search-and-recolor");
    await page.getByText("No daily limit").waitFor();
    const sent: string[] = [];
    page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
    await page.getByRole("button", { name: "Recolour", exact: true }).click();
    await page.getByText("Add a picture").waitFor();
    await page.locator("[data-field=image] :focus").waitFor({ state: "attached" });
    assert.equal(
      await page.getByRole("textbox", { name: "Prompt" }).getAttribute("aria-invalid"),
      "true",
    );
    assert.deepEqual(sent, []);
  });
});

Deno.test("a refusal of the backend stands at its field, in its fold", async () => {
  const prompt = `A wide hat ${crypto.randomUUID()}`;
  await withPlayground(async (page) => {
    await openRoute(page, `create?operation=image-to-image&provider=flux`);
    await page.getByRole("button", { name: "Robot of wood" }).click();
    await page.getByRole("textbox", { name: "Prompt" }).fill(prompt);
    await page.locator("summary", { hasText: "Options" }).click();
    await page.getByLabel("Aspect ratio").fill("100:1");
    await page.locator("summary", { hasText: "Options" }).click();
    await page.getByRole("button", { name: "Make image" }).click();
    const field = page.locator("[data-field=aspect_ratio]:focus");
    await field.waitFor();
    assert.equal(await field.getAttribute("aria-invalid"), "true");
  }, { expected: /status of 400/ });
  assert.deepEqual(await tasksOf(prompt), []);
});

Deno.test("four views are uploaded once each, estimates and submit together", async () => {
  await withPlayground(async (page) => {
    const uploads: string[] = [];
    page.on("request", (request) => {
      if (request.method() === "POST" && request.url().includes("/storage/v1/object/inputs/")) {
        uploads.push(request.url());
      }
    });
    await openRoute(page, "create?operation=image-to-model&provider=tripo");
    await page.getByRole("button", { name: "Robot, four views" }).click();
    await page.getByText(/^At most 30\s¢/).waitFor();
    assert.equal(await page.getByRole("textbox", { name: "Prompt" }).count(), 0, "nobody reads it");
    await page.getByRole("button", { name: "Make model" }).click();
    const task = await completeTaskShown(page, "Image to model");
    assert.equal(task.provider, "tripo");
    assert.deepEqual(await inputsOf(task.id), 4);
    assert.equal(new Set(uploads).size, 4);
  });
});

Deno.test("a result goes on from a link: its asset is the first file, its task the parent", async () => {
  const prompt = `A hat to go on from ${crypto.randomUUID()}`;
  await withPlayground(async (page) => {
    await page.getByRole("textbox", { name: "Prompt" }).fill(prompt);
    await page.getByRole("button", { name: "Make image" }).click();
    const [parent] = await completeTasksOf(prompt, 1);
    const query = new URLSearchParams({
      operation: "image-to-model",
      provider: "tripo",
      asset: `${parent?.id}.0`,
    });
    await page.mouse.wheel(0, 2_000);
    await openRoute(page, `create?${query}`);
    await page.locator("#main:focus").waitFor();
    assert.equal(await page.evaluate("scrollY"), 0);
    await page.getByLabel("Front: Result of text-to-image, choose another").waitFor({
      state: "attached",
    });
    await page.getByRole("button", { name: "Make model" }).click();
    const child = await completeTaskShown(page, "Image to model");
    const kept = await page.evaluate(() => localStorage.getItem("makeit3d-playground:lineage"));
    assert.ok(kept?.includes(JSON.stringify([child.id, parent?.id])), kept ?? "nothing is kept");
  });
});

async function inputsOf(id: string): Promise<number> {
  return await withDatabase(async (sql) => {
    const [row] = await sql<{ count: number }[]>`
      select jsonb_array_length(inputs) as count from public.tasks where id = ${id}
    `;
    return row?.count ?? 0;
  });
}
