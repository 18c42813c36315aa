import assert from "node:assert/strict";
import { appendLog } from "./append_log.ts";

Deno.test("a log is its owner's to read only, also when it was removed meanwhile", async () => {
  const file = `${await Deno.makeTempDir()}/service.log`;
  const state = async (): Promise<unknown> => [
    ((await Deno.stat(file)).mode ?? 0) & 0o777,
    await Deno.readTextFile(file),
  ];
  appendLog(file, "one");
  appendLog(file, "two");
  assert.deepEqual(await state(), [0o600, "one\ntwo\n"]);
  await Deno.remove(file);
  appendLog(file, "three");
  assert.deepEqual(await state(), [0o600, "three\n"]);
});

Deno.test("no program of the stack makes its log otherwise", async () => {
  const { stdout } = await new Deno.Command("git", {
    args: ["grep", "-l", "appendFile", "--", "tools/local", "tests/support"],
    cwd: new URL("../../../", import.meta.url),
  }).output();
  assert.deepEqual(new TextDecoder().decode(stdout).trim().split("\n"), [
    "tools/local/stack/append_log_test.ts",
  ]);
});

Deno.test({
  name: "what a full disk has no room for is lost, and nothing else",
  // The device that is always full.
  ignore: Deno.build.os !== "linux",
  fn() {
    appendLog("/dev/full", "lost");
    assert.throws(() => appendLog("/no/such/folder/file.log", "line"), /ENOENT/);
  },
});
