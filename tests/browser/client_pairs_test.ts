import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { SEED } from "../../tools/local/stack/settings.ts";
import { assertMade, drawFiles, type MadePair, pairRequests } from "../support/client_pairs.ts";
import { newUser } from "../support/new_user.ts";
import { stack } from "../support/stack.ts";
import { withPage } from "./support/with_page.ts";

Deno.test("the packed client makes each pair in a page of another origin, bought once", async () => {
  const user = await newUser();
  const project = { url: stack.projectUrl, apiKey: SEED.apiKey };
  const files = Object.entries(await drawFiles())
    .map(([name, bytes]) => ({ name, mimeType: "", buffer: Buffer.from(bytes) }));
  await withPage(async (page) => {
    assert.notEqual(new URL(page.url()).origin, new URL(stack.projectUrl).origin);
    await page.setContent(`<input type="file" multiple>`);
    await page.setInputFiles("input", files);
    await assertMade(
      pairRequests,
      user,
      async () =>
        await page.evaluate<readonly MadePair[]>(`(async () => {
        const { createMakeIt3D } = await import("/client.js");
        const { makePairs } = await import("/make_pairs.ts");
        const { files } = document.querySelector("input");
        const makeit3d = createMakeIt3D({
          ...${JSON.stringify(project)},
          accessToken: () => Promise.resolve(${JSON.stringify(user.token)}),
        });
        const requests = ${JSON.stringify(pairRequests)};
        return await makePairs(
          makeit3d,
          requests,
          Object.fromEntries([...files].map((file) => [file.name, file])),
        );
      })()`),
    );
    assert.equal(await page.evaluate("localStorage.length"), 0);
  });
});
