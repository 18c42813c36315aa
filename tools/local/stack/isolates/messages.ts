/** What an isolate and its pool tell each other: a line each, by the isolate's output and input. */

/** Why an isolate ends, in the words of the platform's `beforeunload`. */
export type EndReason = "wall_clock" | "cpu" | "memory" | "early_drop" | "termination";

/** From the isolate. */
export type Report =
  /** It takes requests. */
  | { readonly kind: "listening"; readonly port: number }
  /** How many promises of `waitUntil` have not settled. */
  | { readonly kind: "background"; readonly pending: number };

/** No line of a log begins so. */
const MARK = "\u001e";

export function writeReport(report: Report): string {
  return `${MARK}${JSON.stringify(report)}\n`;
}

/** Undefined for a line that is a part of the log. */
export function readReport(line: string): Report | undefined {
  // Only our own code writes such a line, in the same version.
  return line.startsWith(MARK) ? JSON.parse(line.slice(MARK.length)) : undefined;
}

/** To the isolate: it is to be told that it ends, or that there is nothing more to wait for. */
export type Order = EndReason | "exit";

export function writeOrders(orders: readonly Order[]): string {
  return orders.map((order) => `${order}\n`).join("");
}

/** Splits a stream of bytes into lines; what is left without an end of line is one, too. */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const part of bytes) {
    const lines = (rest + decoder.decode(part, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest) yield rest;
}
