import assert from "node:assert/strict";
import { databaseRegion } from "./database_region.ts";

Deno.test("the pooler's host tells the region, where functions run there", async (t) => {
  const cases: readonly (readonly [host: string, region: string | undefined])[] = [
    ["aws-0-eu-central-1.pooler.supabase.com", "eu-central-1"],
    ["aws-1-ap-southeast-2.pooler.supabase.com", "ap-southeast-2"],
    // Projects are there, functions are not.
    ["aws-0-eu-north-1.pooler.supabase.com", undefined],
    ["db.abcdefghijklmnopqrst.supabase.co", undefined],
    ["aws-0-eu-central-1.pooler.supabase.com.example.com", undefined],
    ["127.0.0.1", undefined],
  ];
  for (const [host, region] of cases) {
    await t.step(host, () => {
      assert.equal(databaseRegion(`postgresql://postgres.ref:p%23w@${host}:6543/postgres`), region);
    });
  }
  await t.step("no address", () => assert.equal(databaseRegion("[YOUR-PASSWORD]"), undefined));
});
