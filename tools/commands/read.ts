import { closest, distance } from "fastest-levenshtein";
import { parseArgs } from "node:util";
import type { Command, Given } from "./command.ts";

/** A person typed what the command does not know. */
export class UsageError extends Error {}

/**
 * Reads the arguments of a command. Throws a `UsageError` that names what is wrong with them, and what
 * was probably meant.
 */
export function readArguments<C extends Command>(command: C, args: readonly string[]): Given<C> {
  const { values, positionals, tokens } = parseArgs({
    args: joinNegativeNumbers(args),
    options: Object.fromEntries(
      Object.entries(command.options).map(([name, { argument, repeats }]) => [
        name,
        { type: argument ? "string" : "boolean", multiple: repeats ?? false },
      ]),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const [action, operands] = readAction(command, positionals);
  for (const token of tokens) {
    if (token.kind === "option") checkOption(command, action, token);
  }
  checkOperands(command, action, operands);
  const switches = Object.entries(command.options).filter(([, { argument }]) => !argument)
    .map(([name]) => [name, values[name] ?? false]);
  // The checks above have seen to it that the values are what the options say.
  const given: unknown = {
    action,
    operands,
    values: { ...values, ...Object.fromEntries(switches) },
  };
  return given as Given<C>;
}

/** Whether a person asks what there is to type. */
export function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return args.slice(0, end < 0 ? args.length : end).some((text) => /^(?:--help|-h)$/.test(text));
}

function readAction(
  { name, actions }: Command,
  positionals: readonly string[],
): [string, readonly string[]] {
  if (!actions) return ["", positionals];
  const [action, ...operands] = positionals;
  const known = Object.keys(actions);
  if (action === undefined) throw new UsageError(`${name} what? ${known.join(", ")}`);
  if (!known.includes(action)) {
    throw new UsageError(`Unknown: ${name} ${action}. ${suggestion(action, known)}`);
  }
  return [action, operands];
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function checkOption(
  { options }: Command,
  action: string,
  { name, rawName, value, inlineValue }: OptionToken,
): void {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (!option) {
    const known = Object.entries(options)
      .filter(([, { of }]) => of?.includes(action) ?? true).map(([other]) => `--${other}`);
    throw new UsageError(
      `Unknown option: ${rawName}. ${suggestion(rawName, [...known, "--help"])}`,
    );
  }
  if (option.of && !option.of.includes(action)) {
    throw new UsageError(`${rawName} is an option of ${option.of.join(" and ")}, not of ${action}`);
  }
  if (!option.argument) {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value: ${value}`);
  } else if (value === undefined || value === "" || (!inlineValue && value.startsWith("-"))) {
    throw new UsageError(`${rawName} needs a value: ${rawName} ${option.argument}`);
  }
}

function checkOperands(command: Command, action: string, given: readonly string[]): void {
  const operands = command.actions?.[action]?.operands ?? command.operands ?? [];
  const missing = operands.filter((operand) => !operand.startsWith("["))[given.length];
  if (missing) throw new UsageError(`${missing} is missing`);
  const surplus = operands.at(-1)?.includes("…") ? undefined : given[operands.length];
  if (surplus !== undefined) throw new UsageError(`One word too many: ${surplus}`);
}

/** What is as unlike as half of itself was not meant. */
function suggestion(text: string, known: readonly string[]): string {
  const nearest = closest(text, known);
  return distance(text, nearest) * 2 <= Math.max(text.length, nearest.length)
    ? `Did you mean ${nearest}?`
    : `Known: ${known.join(", ")}`;
}

/**
 * Arguments in which a negative number after an option belongs to it. `parseArgs` takes it for another
 * option, and would not tell a person what is wrong with the number.
 */
function joinNegativeNumbers(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const text of args) {
    const option = joined.at(-1);
    if (/^-[\d.]/.test(text) && option !== undefined && /^--[^=]+$/.test(option)) {
      joined[joined.length - 1] = `${option}=${text}`;
    } else {
      joined.push(text);
    }
  }
  return joined;
}
