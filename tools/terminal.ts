/** Columns of a screen that nobody looks at: of a file, or of another program. */
const USUAL_WIDTH = 80;

/** How wide what is printed may be. */
export function terminalWidth(): number {
  return Deno.stdout.isTerminal() ? Deno.consoleSize().columns : USUAL_WIDTH;
}
