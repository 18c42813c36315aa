import type { Command, Option } from "./command.ts";
import { wrap } from "./wrap.ts";

/** Of the narrowest terminal that is in use. */
const WIDTH = 80;
/** Where the meanings begin. */
const COLUMN = 30;

/**
 * What `--help` prints.
 *
 * @param call How the person starts the command.
 */
export function helpOf(command: Command, call: string): string {
  const { summary, actions, operands = [], options, notes = [] } = command;
  const words = actions ? ["ACTION"] : operands;
  const usage = [call, ...words, ...(Object.keys(options).length > 0 ? ["[options]"] : [])];
  const parts = [
    wrap(`${summary}.`, WIDTH).join("\n"),
    `Usage: ${usage.join(" ")}`,
    actions && Object.entries(actions).map(([name, { meaning, operands = [] }]) =>
      [
        line(1, [name, ...operands].join(" "), meaning),
        ...optionLines(options, 2, ({ of }) => of?.includes(name) ?? false),
      ].join("\n")
    ).join("\n"),
    [
      ...optionLines(options, 1, ({ of }) => of === undefined),
      line(1, "--help", "prints this, and does nothing"),
    ].join("\n"),
    ...notes.map((note) => wrap(note, WIDTH).join("\n")),
  ];
  return parts.filter((part) => part !== undefined).join("\n\n");
}

function optionLines(
  options: Command["options"],
  depth: number,
  belongs: (option: Option) => boolean,
): string[] {
  return Object.entries(options)
    .filter(([, option]) => belongs(option))
    .map(([name, { argument, meaning }]) =>
      line(depth, argument ? `--${name} ${argument}` : `--${name}`, meaning)
    );
}

function line(depth: number, words: string, meaning: string): string {
  const left = "  ".repeat(depth) + words;
  const [first = "", ...others] = wrap(meaning, WIDTH - COLUMN);
  const rest = others.map((text) => " ".repeat(COLUMN) + text);
  const isTooLong = left.length > COLUMN - 2;
  const begin = isTooLong ? [left, " ".repeat(COLUMN) + first] : [left.padEnd(COLUMN) + first];
  return [...begin, ...rest].join("\n");
}
