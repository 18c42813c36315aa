import { stripVTControlCharacters } from "node:util";
import { writeAll } from "../tools/command_line.ts";
import { linesOf } from "../tools/local/stack/isolates/messages.ts";

/** What `--reporter=dot` shows of a test: that it passed, failed or was left out. */
const DOT = /^[.!,]$/;
const WIDTH = 80;

/**
 * Shows what `deno test --reporter=dot` prints. It prints each dot in a line of its own where nobody
 * looks on, as in CI; here a line has as many as fit.
 */
export async function showDots(
  output: AsyncIterable<Uint8Array>,
  write = (text: string): void => writeAll(Deno.stdout, text),
): Promise<void> {
  let dots = 0;
  for await (const line of linesOf(output)) {
    const mark = stripVTControlCharacters(line).trim();
    if (DOT.test(mark)) {
      write(dots > 0 && dots % WIDTH === 0 ? `\n${mark}` : mark);
      dots++;
    } else {
      write(`${dots > 0 ? "\n" : ""}${line}\n`);
      dots = 0;
    }
  }
  if (dots > 0) write("\n");
}
