/**
 * Runs in the process of an isolate, before the function: what the platform's runtime is to it beyond
 * Deno. The pool listens for it and knows it by the port it tells.
 *
 * https://supabase.com/docs/guides/functions/background-tasks
 */
import { linesOf, type Report, writeReport } from "./messages.ts";

const encoder = new TextEncoder();
let pending = 0;

function tell(report: Report): void {
  Deno.stdout.writeSync(encoder.encode(writeReport(report)));
}

function count(change: 1 | -1): void {
  pending += change;
  tell({ kind: "background", pending });
}

/** The work may reject, as on the platform, where that is nobody's business but its own. */
function waitUntil(work: Promise<unknown>): void {
  count(1);
  work.then(() => count(-1), () => count(-1));
}

Object.defineProperty(globalThis, "EdgeRuntime", { value: { waitUntil } });

const serve = Deno.serve;
Object.defineProperty(Deno, "serve", {
  value: (handler: Deno.ServeHandler) =>
    serve({
      hostname: "127.0.0.1",
      port: 0,
      onListen: ({ port }) => tell({ kind: "listening", port }),
    }, handler),
});

/** Ends with the pool, too, so that nothing is left behind when that is killed. */
async function obey(): Promise<void> {
  for await (const order of linesOf(Deno.stdin.readable)) {
    if (order === "exit") break;
    dispatchEvent(new CustomEvent("beforeunload", { detail: { reason: order } }));
  }
  Deno.exit();
}

obey();
