/** An option of a command; without an argument a switch. */
export interface Option {
  /** What stands for its argument in the help. */
  readonly argument?: string;
  readonly meaning: string;
  /** The actions that have it; all, where none is named. */
  readonly of?: readonly string[];
  /** Whether it may be given again. */
  readonly repeats?: true;
}

export type Options = Readonly<Record<string, Option>>;

/** One of the things that a command does, by a word after its name. */
export interface Action {
  readonly meaning: string;
  /** `ID` is needed, `[ID]` may be left out, and of `[ID…]` there may be any number. */
  readonly operands?: readonly string[];
}

/**
 * A command as data: what reads its arguments, its `--help` and docs/commands.md all come from this,
 * and so does its description in deno.json.
 */
export interface Command {
  /** The task of deno.json. */
  readonly name: string;
  /** A sentence without its full stop. */
  readonly summary: string;
  readonly actions?: Readonly<Record<string, Action>>;
  /** Of a command without actions. */
  readonly operands?: readonly string[];
  readonly options: Options;
  /** What else a person has to know, a paragraph each. */
  readonly notes?: readonly string[];
}

type Value<O> = O extends { repeats: true } ? readonly string[] | undefined
  : O extends { argument: string } ? string | undefined
  : boolean;

/** What a person typed after the command's name. */
export interface Given<C extends Command> {
  /** Empty, where the command has no actions. */
  readonly action: C["actions"] extends Readonly<Record<string, Action>>
    ? Extract<keyof C["actions"], string>
    : "";
  readonly operands: readonly string[];
  readonly values: { readonly [N in keyof C["options"]]: Value<C["options"][N]> };
}
