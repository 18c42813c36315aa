import assert from "node:assert/strict";
import { connect } from "./database.ts";

Deno.test("statements are prepared, except where a pooler stands between", () => {
  for (const isPooled of [true, false]) {
    const sql = connect({ url: "postgres://nobody@127.0.0.1:1/none", isPooled }, "test");
    assert.equal(sql.options.prepare, !isPooled);
  }
});
