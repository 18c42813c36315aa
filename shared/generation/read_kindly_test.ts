import assert from "node:assert/strict";
import { z } from "zod";
import { readKindly } from "./read_kindly.ts";

const schema = z.strictObject({
  words: z.string().trim().min(1),
  look: z.string().trim().min(1).optional(),
  note: z.string().optional(),
  kind: z.enum(["a", "b"]).optional(),
  count: z.int().min(1).max(4).default(1),
  share: z.number().min(0).max(1).optional(),
  side: z.literal([512, 1024]).default(1024),
  isSmooth: z.boolean().default(true),
  pictures: z.array(z.string()).optional(),
});

const cases: readonly (readonly [sent: Record<string, unknown>, read: Record<string, unknown>])[] =
  [
    [{ count: null, look: null, foreign: null }, {}],
    [{ look: "", kind: "", count: "", isSmooth: "", share: " ", look2: "" }, { look2: "" }],
    [{ words: "", note: "" }, { words: "", note: "" }],
    [{ count: "2", share: "0.25", side: "512" }, { count: 2, share: 0.25, side: 512 }],
    [{ count: " 2 ", share: "1e-1" }, { count: 2, share: 0.1 }],
    [{ count: "9", share: "-1" }, { count: 9, share: -1 }],
    [{ side: "9", kind: "9" }, { side: "9", kind: "9" }],
    [{ isSmooth: "false", words: "true", look: "7" }, {
      isSmooth: false,
      words: "true",
      look: "7",
    }],
    [{ isSmooth: "False", count: "two" }, { isSmooth: "False", count: "two" }],
    [{ count: "0x2", share: "Infinity" }, { count: "0x2", share: "Infinity" }],
    [{ count: "٢", isSmooth: "constructor" }, { count: "٢", isSmooth: "constructor" }],
    [{ count: ["2"], isSmooth: 1, note: 7 }, { count: ["2"], isSmooth: 1, note: 7 }],
    [{ pictures: [null, ""], constructor: "2" }, { pictures: [null, ""], constructor: "2" }],
  ];

for (const [sent, read] of cases) {
  Deno.test(`${JSON.stringify(sent)} is read as ${JSON.stringify(read)}`, () => {
    assert.deepEqual(readKindly(sent, schema), read);
  });
}
