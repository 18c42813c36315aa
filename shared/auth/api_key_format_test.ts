import assert from "node:assert/strict";
import {
  canBeApiKey,
  generateApiKey,
  hashOfApiKey,
  isWellFormedApiKey,
  KEY_ENVIRONMENTS,
  prefixOfApiKey,
  withChecksum,
} from "./api_key_format.ts";

Deno.test("a new key names its environment, ends in its checksum and is no other's", () => {
  for (const environment of KEY_ENVIRONMENTS) {
    const keys = Array.from({ length: 200 }, () => generateApiKey(environment));
    for (const key of keys) {
      assert.match(key, new RegExp(`^m3d_${environment}_[0-9A-Za-z]{38}$`));
      assert.ok(isWellFormedApiKey(key), key);
    }
    assert.equal(new Set(keys.map(prefixOfApiKey)).size, keys.length);
  }
});

Deno.test("the checksum is the CRC-32 in six digits of base 62", () => {
  // 0xcbf43926 is the check value that the definition of CRC-32 names for these digits.
  assert.equal(withChecksum("123456789"), "1234567893jZRME");
  assert.equal(withChecksum(""), "000000");
});

Deno.test("every mistyped character and every swap of neighbours is noticed", () => {
  const key = generateApiKey("live");
  for (let place = 0; place < key.length; place++) {
    for (const character of "0aZ_") {
      const mistyped = key.slice(0, place) + character + key.slice(place + 1);
      assert.equal(isWellFormedApiKey(mistyped), mistyped === key, mistyped);
    }
    const [left = "", right = ""] = key.slice(place, place + 2);
    const swapped = key.slice(0, place) + right + left + key.slice(place + 2);
    assert.equal(isWellFormedApiKey(swapped), swapped === key, swapped);
  }
});

Deno.test("what only looks like a key is none", async (t) => {
  const key = generateApiKey("live");
  const texts: Readonly<Record<string, string>> = {
    empty: "",
    "its prefix": prefixOfApiKey(key),
    longer: `${key}0`,
    "a line behind it": `${key}\n`,
    "another environment": key.replace("live", "test"),
    "an unknown environment": withChecksum("m3d_prod_".padEnd(41, "a")),
    "other characters": withChecksum("m3d_live_".padEnd(41, "-")),
  };
  for (const [name, text] of Object.entries(texts)) {
    await t.step(name, () => assert.ok(!isWellFormedApiKey(text), text));
  }
});

Deno.test("a key of another service has 16 to 200 visible characters, and shows none in its prefix", () => {
  const key = "an-old-key-in-the-field";
  assert.ok(canBeApiKey(key));
  assert.match(prefixOfApiKey(key), /^m3d_old_[0-9a-f]{8}$/);
  assert.notEqual(prefixOfApiKey(key), prefixOfApiKey(`${key}2`));
  for (
    const text of [
      "x".repeat(15),
      "x".repeat(201),
      `${key} `,
      `${key}ä`,
      `${key}\n`,
      "m3d_live_mistyped",
    ]
  ) {
    assert.ok(!canBeApiKey(text), text);
  }
});

Deno.test("the hash is the SHA-256 of the whole key", () => {
  // Of the examples of FIPS 180.
  assert.equal(
    hashOfApiKey("abc"),
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});
