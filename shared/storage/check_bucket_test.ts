import assert from "node:assert/strict";
import { fakeSql } from "../../testing/fake_sql.ts";
import { checkBucket } from "./check_bucket.ts";

Deno.test("the bucket of results is to be there, and as public as the setting says", async (t) => {
  const cases = [
    ["as set: public", [{ isPublic: true }], true, undefined],
    ["as set: private", [{ isPublic: false }], false, undefined],
    ["private", [{ isPublic: false }], true, /generated is private.*PUBLIC is true: change one/],
    ["public", [{ isPublic: true }], false, /generated is public.*PUBLIC is false: change one/],
    ["missing", [], true, /no bucket generated: GENERATED_BUCKET must/],
  ] as const;
  for (const [name, rows, isPublic, expected] of cases) {
    await t.step(name, async () => {
      const sql = fakeSql((values) => {
        assert.deepEqual(values, ["generated"]);
        return Promise.resolve(rows);
      });
      const wrong = await checkBucket(sql, { bucket: "generated", isPublic });
      if (expected) assert.match(wrong ?? "", expected);
      else assert.equal(wrong, undefined);
    });
  }
});
