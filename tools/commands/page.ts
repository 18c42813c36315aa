import type { Command } from "./command.ts";
import { developmentCommands } from "./development_commands.ts";
import { helpOf } from "./help.ts";
import { localCommands } from "./local_commands.ts";
import { operatorCommands } from "./operator_commands.ts";

const groups: readonly (readonly [string, string, readonly Command[]])[] = [
  [
    "The stack on your machine",
    "How to work with it: [local-stack.md](local-stack.md).",
    localCommands,
  ],
  [
    "Operating",
    "They act on the local stack, or on the database that `DATABASE_URL` names; their first line " +
    "says which. When to use which: [operations.md](operations.md), [money.md](money.md).",
    operatorCommands,
  ],
  [
    "Changing it, and bringing it online",
    "See [CONTRIBUTING.md](../CONTRIBUTING.md) and [deploy.md](deploy.md).",
    developmentCommands,
  ],
];

/** All commands, in the order of the page. */
export const commands: readonly Command[] = groups.flatMap(([, , commands]) => commands);

/** docs/commands.md, not formatted yet. */
export function commandsPage(): string {
  return [
    "# Commands",
    "<!-- Written by `deno task docs` from tools/commands. -->",
    "Each is `deno task …`, or `npx -y --prefer-offline deno@2.9.6 task …` without Deno. `--help` " +
    "after any of them prints what is here.",
    ...groups.flatMap(([title, text, members]) => [
      `## ${title}`,
      text,
      ["| Command | What it does |", "| --- | --- |", ...members.map(row)].join("\n"),
      ...members.map(section),
    ]),
  ].join("\n\n");
}

function row({ name, summary }: Command): string {
  return `| [\`${name}\`](#${name}) | ${summary} |`;
}

function section(command: Command): string {
  const help = helpOf(command, `deno task ${command.name}`);
  return `### \`${command.name}\`\n\n\`\`\`text\n${help}\n\`\`\``;
}
