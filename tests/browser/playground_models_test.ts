import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { followToEnd, signIn, submitTo } from "../support/client.ts";
import { withPlayground } from "./support/with_playground.ts";

const FILES = new URL("../results/files/", import.meta.url);

async function makeModel(prompt: string): Promise<string> {
  const user = await signIn();
  const { celery_task_id } = await submitTo(user, "text-to-model", { provider: "tripo", prompt });
  await followToEnd(user, celery_task_id);
  return celery_task_id;
}

/** Waits until the viewer has drawn the model; its width, height and depth in metres. */
async function seeModel(page: Page): Promise<readonly number[]> {
  await page.locator(".viewer[data-state=shown]").waitFor();
  return await page.evaluate<number[]>(`(() => {
    const { x, y, z } = document.querySelector("model-viewer").getDimensions();
    return [x, y, z];
  })()`);
}

Deno.test("a model is drawn, with its facts, and saved by a name that says what it is", async () => {
  const id = await makeModel("A blue box");
  await withPlayground(async (page) => {
    assert.ok((await seeModel(page)).every((length) => length > 0));
    await page.getByText("Triangles").waitFor();
    await page.getByRole("definition").filter({ hasText: /× .* cm$/ }).waitFor();
    const saving = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download" }).click();
    assert.equal((await saving).suggestedFilename(), "a-blue-box-text-to-model.glb");
    const use = page.getByRole("link", { name: "New surface" });
    assert.match(
      await use.getAttribute("href") ?? "",
      /operation=refine-model.*prompt=A\+blue\+box/,
    );
  }, { route: `task/${id}` });
});

Deno.test("compressed models are drawn by decoders of the page's own host", async (t) => {
  const id = await makeModel("A compressed box");
  for (
    const name of ["gltf_draco_textured.glb", "gltf_meshopt_transformed.glb", "gltfpack_cc.glb"]
  ) {
    await t.step(name, async () => {
      const body = await Deno.readFile(new URL(name, FILES));
      await withPlayground(async (page) => {
        // The service would have to make such a file; the page only ever sees what is stored.
        await page.route(
          /\/models\/.*\.glb/,
          (route) => route.fulfill({ body: Buffer.from(body), contentType: "model/gltf-binary" }),
        );
        await page.evaluate(`location.hash = "#/task/${id}"`);
        assert.ok((await seeModel(page)).some((length) => length > 0));
      });
    });
  }
});

Deno.test("a file that is no model says so, and can still be saved", async () => {
  const id = await makeModel("A broken box");
  await withPlayground(async (page) => {
    await page.route(
      /\/models\/.*\.glb/,
      (route) => route.fulfill({ body: "no model", contentType: "model/gltf-binary" }),
    );
    await page.evaluate(`location.hash = "#/task/${id}"`);
    await page.getByRole("alert").getByText("The model cannot be shown here").waitFor();
    await page.getByRole("link", { name: "Download" }).waitFor();
  }, { expected: /JSON|GLTF|magic|loadfailure|Unexpected token/i });
});

Deno.test("the viewer is fetched for a model, and for nothing else", async () => {
  const id = await makeModel("A lazy box");
  await withPlayground(async (page) => {
    const scripts = new Set<string>();
    page.on("request", (request) => {
      if (request.resourceType() === "script") scripts.add(new URL(request.url()).pathname);
    });
    await page.getByRole("link", { name: "Gallery" }).click();
    await page.getByRole("list", { name: "Your tasks" }).waitFor();
    assert.equal(scripts.size, 0);
    await page.evaluate(`location.hash = "#/task/${id}"`);
    await seeModel(page);
    const fetched = [...scripts].join();
    assert.match(fetched, /\/model-viewer-/);
    // The model is not compressed.
    assert.doesNotMatch(fetched, /draco/);
  });
});
