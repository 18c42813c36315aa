/** What is known of the place where a person has typed a command. */
export interface Place {
  readonly os: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a person reads along, and not another program. */
  readonly isTerminal: boolean;
}

/** Pictures only: nothing says that there is a program for models, and an SVG may be one itself. */
const PICTURE = /\.(?:png|jpe?g|webp)$/i;

/**
 * The program that opens a file as a double click does, and its arguments. Undefined where there is no
 * desktop of this person's: in CI, in a pipe, behind SSH.
 */
export function openerOf(
  file: string,
  { os, env, isTerminal }: Place,
): readonly [program: string, ...args: string[]] | undefined {
  if (!isTerminal || env["CI"] || !PICTURE.test(file)) return undefined;
  switch (os) {
    case "darwin":
      return env["SSH_CONNECTION"] ? undefined : ["open", file];
    case "windows":
      // The first argument in quotes would be a title.
      return env["SSH_CONNECTION"] ? undefined : ["cmd", "/c", "start", "", file];
    default:
      return env["DISPLAY"] || env["WAYLAND_DISPLAY"] ? ["xdg-open", file] : undefined;
  }
}
