import assert from "node:assert/strict";
import { ApiError } from "../../../shared/contract/errors.ts";
import { fullText, shortText } from "../../../shared/reference/plain_text.ts";
import { setup } from "./testing.ts";

const functionsUrl = "https://project.example/functions/v1";
const texts = {
  "/generation/llms.txt": shortText(functionsUrl),
  "/generation/llms-full.txt": fullText(functionsUrl),
};
const authenticate = (): Promise<never> => Promise.reject(new ApiError("unauthorized", "x"));

for (const [path, text] of Object.entries(texts)) {
  Deno.test(`${path} is for everybody, and may be kept`, async () => {
    const response = await setup({ authenticate }).request(path);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), "text/plain; charset=UTF-8");
    assert.equal(response.headers.get("cache-control"), "public, max-age=300");
    assert.equal(await response.text(), text);
  });

  Deno.test(`${path} is not sent again to whoever has it`, async (t) => {
    const { request } = setup();
    const { headers } = await request(path);
    const tag = headers.get("etag") ?? "";
    assert.match(tag, /^"[0-9a-f]{16}"$/);
    for (const known of [tag, `W/${tag}`, `"other", W/${tag}`, "*"]) {
      await t.step(known, async () => {
        const response = await request(path, { headers: { "if-none-match": known } });
        assert.deepEqual([response.status, await response.text()], [304, ""]);
        assert.equal(response.headers.get("etag"), tag);
        assert.equal(response.headers.get("cache-control"), "public, max-age=300");
      });
    }
    for (const other of ['"0000000000000000"', tag.slice(1, -1), ""]) {
      await t.step(`other: ${other}`, async () => {
        const response = await request(path, { headers: { "if-none-match": other } });
        assert.deepEqual([response.status, await response.text()], [200, text]);
      });
    }
  });

  Deno.test(`${path} is only read`, async () => {
    const response = await setup().request(path, { method: "POST" });
    assert.deepEqual([response.status, response.headers.get("allow")], [405, "GET"]);
    assert.equal(response.headers.get("cache-control"), "no-store");
  });
}

Deno.test("each text has a tag of its own", async () => {
  const { request } = setup();
  const tags = await Promise.all(
    Object.keys(texts).map(async (path) => (await request(path)).headers.get("etag")),
  );
  assert.equal(new Set(tags).size, 2);
});
