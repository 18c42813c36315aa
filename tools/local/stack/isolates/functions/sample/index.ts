/** A function for the tests of isolates: it does what it is told by the path. */
import { cpuUsage } from "node:process";
import "../../edge_runtime.ts";
import { waitUntil } from "../../../../../../shared/background.ts";

/** What it has been told of its end. */
const reasons: unknown[] = [];
const kept: Uint8Array[] = [];

addEventListener("beforeunload", (event) => {
  const reason = event instanceof CustomEvent ? event.detail.reason : undefined;
  reasons.push(reason);
  // deno-lint-ignore no-console -- a log line, for when nobody can ask any more
  console.log(JSON.stringify({ event: "told", reason }));
});

/** In processor time: on a busy machine that is less than what passes on the clock. */
function work(seconds: number): void {
  const end = processorMicroseconds() + seconds * 1_000_000;
  while (processorMicroseconds() < end);
}

function processorMicroseconds(): number {
  const { user, system } = cpuUsage();
  return user + system;
}

Deno.serve(async (request) => {
  const [, action, argument] = new URL(request.url).pathname.split("/");
  const number = Number(argument);
  if (action === "background") waitUntil(new Promise((end) => setTimeout(end, number * 1000)));
  if (action === "wait") await new Promise((end) => setTimeout(end, number * 1000));
  if (action === "work") work(number);
  if (action === "keep") kept.push(new Uint8Array(number).fill(1));
  if (action === "crash") Deno.exit(3);
  return Response.json({ pid: Deno.pid, reasons, kept: kept.length });
});
