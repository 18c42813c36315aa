import assert from "node:assert/strict";
import { asRange } from "./ranges.ts";

const text = "0123456789";

function whole(status = 200): Response {
  const pieces = ["012", "3456", "789"].map((piece) => new TextEncoder().encode(piece));
  const headers = { "content-length": "10", "content-type": "image/png" };
  return new Response(ReadableStream.from(pieces), { status, headers });
}

Deno.test("a range of a file is answered as the platform does", async (t) => {
  const cases: readonly (readonly [range: string, content: string, told: string])[] = [
    ["bytes=0-0", "0", "bytes 0-0/10"],
    ["bytes=2-7", "234567", "bytes 2-7/10"],
    ["bytes=7-", "789", "bytes 7-9/10"],
    ["bytes=8-99", "89", "bytes 8-9/10"],
    ["bytes=-3", "789", "bytes 7-9/10"],
    ["bytes=-99", text, "bytes 0-9/10"],
  ];
  for (const [range, content, told] of cases) {
    await t.step(range, async () => {
      const answer = asRange(range, whole());
      assert.equal(answer.status, 206);
      assert.equal(answer.headers.get("content-range"), told);
      assert.equal(answer.headers.get("content-length"), String(content.length));
      assert.equal(answer.headers.get("content-type"), "image/png");
      assert.equal(await answer.text(), content);
    });
  }
});

Deno.test("where there is nothing, the length is told", () => {
  const answer = asRange("bytes=10-20", whole());
  assert.deepEqual([answer.status, answer.headers.get("content-range")], [416, "bytes */10"]);
});

Deno.test("what is no range, and what is no file, stays as it is", async (t) => {
  for (const range of [undefined, "", "bytes=-", "bytes=0-1,3-4", "lines=1-2"]) {
    await t.step(String(range), async () => {
      const answer = asRange(range, whole());
      assert.deepEqual([answer.status, await answer.text()], [200, text]);
    });
  }
  const refused = asRange("bytes=0-1", whole(400));
  assert.deepEqual([refused.status, await refused.text()], [400, text]);
});
