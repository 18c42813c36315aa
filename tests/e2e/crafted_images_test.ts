import assert from "node:assert/strict";
import { errorBody } from "../../shared/contract/responses.ts";
import { craftedImages } from "../../testing/crafted_images.ts";
import { headersOf, newTaskId, post, signIn } from "../support/client.ts";
import { upload } from "../support/inputs.ts";

Deno.test("a file that only says it is a PNG is a 400 that names the field, whatever is in it", async (t) => {
  const user = await signIn();
  for (const [name, bytes] of Object.entries(craftedImages)) {
    await t.step(name, async () => {
      const url = await upload(user, `crafted-${crypto.randomUUID()}.png`, bytes, "image/png");
      const response = await post(
        "image-to-image",
        {
          task_id: newTaskId(),
          provider: "stability",
          prompt: "An elephant",
          input_image_asset_url: url,
        },
        headersOf(user.token),
      );
      assert.equal(response.status, 400);
      const { error, message } = errorBody.parse(await response.json());
      assert.equal(error, "invalid_asset");
      assert.match(
        message,
        /^input_image_asset_url: Is an? .*; stability takes PNG, JPEG or WebP: /,
      );
    });
  }
});
