import assert from "node:assert/strict";
import { repository } from "../tools/local/stack/folders.ts";
import { run } from "../tools/local/stack/run.ts";
import { installTool } from "../tools/local/stack/tools.ts";
import { stack } from "./support/stack.ts";

const supabase = await installTool(stack.tools, "supabase");
const { DATABASE_URL = "" } = stack.environment;
const options = { cwd: repository, env: { DO_NOT_TRACK: "1" } };

Deno.test("the official CLI finds every migration applied", async () => {
  const printed = await run(
    supabase,
    ["db", "push", "--dry-run", `--remote=${DATABASE_URL}`],
    options,
  );
  assert.match(printed, /up to date/);
});
