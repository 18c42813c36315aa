import assert from "node:assert/strict";
import { faultOfDatabaseAddress } from "./database_address.ts";

const HOST = "aws-0-eu-central-1.pooler.supabase.com:6543/postgres";

function withPassword(password: string): string {
  return `postgresql://postgres.abcdefghijklmnopqrst:${password}@${HOST}`;
}

Deno.test("addresses as the dashboard has them are taken", async (t) => {
  const addresses = [
    withPassword("pass"),
    withPassword("p%23%2F%3F%40%25ss"),
    // A second @ is part of the password: the last one ends it.
    withPassword("p@ss"),
    withPassword("[pass]"),
    `${withPassword("pass")}?sslmode=verify-full`,
    "postgres://postgres:pass@db.abcdefghijklmnopqrst.supabase.co:5432/postgres",
    "postgresql://postgres:pass@[2a05:d014:1c06:5f00::1]:5432/postgres",
    "postgresql://postgres@127.0.0.1/postgres",
  ];
  for (const address of addresses) {
    await t.step(address, () => assert.equal(faultOfDatabaseAddress(address), undefined));
  }
});

Deno.test("others are refused with what to do, and without the password", async (t) => {
  const cases: Readonly<Record<string, RegExp>> = {
    [withPassword("secret#word")]: /# as %23/,
    [withPassword("#secret")]: /# as %23/,
    [withPassword("12#secret")]: /# as %23/,
    [withPassword("sec/ret")]: /\/ as %2F/,
    [withPassword("12/secret")]: /\/ as %2F/,
    [withPassword("sec?ret")]: /\? as %3F/,
    [withPassword("12?secret")]: /\? as %3F/,
    [withPassword("secret%")]: /% as %25/,
    [withPassword("[YOUR-PASSWORD]")]: /placeholder/,
    [withPassword("[your_password]")]: /placeholder/,
    [withPassword("YOUR-PASSWORD")]: /placeholder/,
    // What is left of one whose password an env file has taken for a comment.
    "postgresql://postgres.abcdefghijklmnopqrst:secret": /# as %23/,
    "postgresql://postgres.abcdefghijklmnopqrst:": /# as %23/,
    "secret, not an address": /begin with postgresql/,
    "https://abcdefghijklmnopqrst.supabase.co/secret": /begin with postgresql/,
    "postgresql://secret": /PASSWORD@HOST/,
    [`${withPassword("secret")}?sslmode=secret`]: /unknown sslmode.*verify-full/,
  };
  for (const [address, words] of Object.entries(cases)) {
    await t.step(address, () => {
      const fault = faultOfDatabaseAddress(address);
      assert.match(fault ?? "", words);
      assert.doesNotMatch(fault ?? "", /secret|abcdefgh/);
    });
  }
});
