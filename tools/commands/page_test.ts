import assert from "node:assert/strict";
import { formatMarkdown } from "../generate/format_markdown.ts";
import { repository } from "../local/stack/folders.ts";
import { helpOf } from "./help.ts";
import { commands, commandsPage } from "./page.ts";

Deno.test("docs/commands.md is what the declarations say; deno task docs writes it", async () => {
  const page = await Deno.readTextFile(`${repository}/docs/commands.md`);
  assert.equal(page, await formatMarkdown(commandsPage()));
});

Deno.test("each task of deno.json is a declared command, and described by it", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(`${repository}/deno.json`));
  const described = Object.entries<{ description: string }>(tasks)
    .map(([name, { description }]) => [name, description]);
  assert.deepEqual(described, commands.map(({ name, summary }) => [name, summary]));
});

Deno.test("help fits a terminal of 80 columns, and names every option and action", async (t) => {
  for (const command of commands) {
    await t.step(command.name, () => {
      const help = helpOf(command, `deno task ${command.name}`);
      for (const line of help.split("\n")) assert.ok(line.length <= 80, line);
      const words = [
        ...Object.keys(command.options).map((name) => `--${name}`),
        ...Object.keys(command.actions ?? {}),
        "--help",
      ];
      for (const word of words) assert.match(help, new RegExp(`^ +${word}\\b`, "m"));
    });
  }
});

Deno.test("every option belongs to actions that there are", () => {
  for (const { name, actions = {}, options } of commands) {
    for (const [option, { of = [] }] of Object.entries(options)) {
      for (const action of of) assert.ok(action in actions, `${name} --${option}: ${action}`);
    }
  }
});
