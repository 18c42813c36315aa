import { cpus, loadavg, totalmem } from "node:os";
import type { Machine } from "./results.ts";

const SYSTEMS: Readonly<Record<string, string>> = { linux: "Linux", darwin: "macOS" };

/** What a reader needs to know of this machine, and nothing that tells whose it is. */
export function describeMachine(): Machine {
  return {
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 1024 ** 3),
    system: `${SYSTEMS[Deno.build.os] ?? Deno.build.os}, ${Deno.build.arch}`,
    runtime: `Deno ${Deno.version.deno}, Postgres 17`,
    loadBefore: loadavg()[0] ?? 0,
  };
}
