import assert from "node:assert/strict";
import type { Command } from "./command.ts";
import { asksForHelp, readArguments, UsageError } from "./read.ts";

const keys = {
  name: "keys",
  summary: "Keys",
  actions: {
    create: { meaning: "a new one" },
    revoke: { operands: ["PREFIX"], meaning: "refuses one" },
  },
  options: {
    client: { argument: "NAME", of: ["create"], meaning: "whose" },
    cap: { argument: "USD", repeats: true, meaning: "how much" },
    "sees-costs": { of: ["create"], meaning: "is told" },
  },
} as const satisfies Command;

const show = { name: "show", summary: "Shows", operands: ["ID", "[MORE…]"], options: {} };

Deno.test("what is typed is read by the declaration", () => {
  assert.deepEqual(readArguments(keys, ["create", "--client", "My app", "--sees-costs"]), {
    action: "create",
    operands: [],
    values: { client: "My app", "sees-costs": true },
  });
  assert.deepEqual(readArguments(keys, ["revoke", "m3d_1", "--cap=1", "--cap", "2"]), {
    action: "revoke",
    operands: ["m3d_1"],
    values: { cap: ["1", "2"], "sees-costs": false },
  });
  assert.deepEqual(readArguments(show, ["1", "2", "3"]).operands, ["1", "2", "3"]);
});

Deno.test("a negative number belongs to the option before it", () => {
  const { values } = readArguments(keys, ["create", "--cap", "-5", "--cap=2"]);
  assert.deepEqual(values.cap, ["-5", "2"]);
});

Deno.test("what is mistyped is named, with what was probably meant", async (t) => {
  const cases: readonly (readonly [Command, string, RegExp])[] = [
    [keys, "create --clint x", /^Unknown option: --clint\. Did you mean --client\?$/],
    [keys, "create -x", /^Unknown option: -x\. Known: --client, --cap, --sees-costs, --help$/],
    [keys, "revoke m3d_1 --colour", /^Unknown option: --colour\. Known: --cap, --help$/],
    [keys, "create --client", /^--client needs a value: --client NAME$/],
    [keys, "create --client --sees-costs", /^--client needs a value/],
    [keys, "create --client=", /^--client needs a value/],
    [keys, "create --sees-costs=yes", /^--sees-costs takes no value: yes$/],
    [keys, "revoke m3d_1 --client x", /^--client is an option of create, not of revoke$/],
    [keys, "", /^keys what\? create, revoke$/],
    [keys, "creat", /^Unknown: keys creat\. Did you mean create\?$/],
    [keys, "sing", /^Unknown: keys sing\. Known: create, revoke$/],
    [keys, "revoke", /^PREFIX is missing$/],
    [keys, "revoke a b", /^One word too many: b$/],
    [keys, "create --constructor", /^Unknown option: --constructor/],
    [show, "", /^ID is missing$/],
  ];
  for (const [command, line, message] of cases) {
    await t.step(line || "nothing", () => {
      assert.throws(
        () => readArguments(command, line.split(" ").filter((word) => word !== "")),
        (error) => error instanceof UsageError && message.test(error.message),
      );
    });
  }
});

Deno.test("help is asked for anywhere in the line, but not behind two dashes", () => {
  assert.ok(asksForHelp(["create", "--client", "x", "--help"]));
  assert.ok(asksForHelp(["-h"]));
  assert.ok(!asksForHelp(["--", "--help"]));
  assert.ok(!asksForHelp(["help"]));
});
