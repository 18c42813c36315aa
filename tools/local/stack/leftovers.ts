import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { readState, writeState } from "./state_file.ts";

const recordSchema = z.object({
  /** The process that started the stack and stops it. */
  starter: z.object({ pid: z.number(), command: z.string() }),
  services: z.array(z.object({ pid: z.number(), command: z.string() })),
});

type Process = z.infer<typeof recordSchema>["starter"];

/** How long a leftover may take to end by itself before it is killed. */
const END_MILLISECONDS = 5_000;

/** Notes which processes belong to a stack, for the next start to find if this one is killed. */
export async function recordProcesses(stackFolder: string, pids: readonly number[]): Promise<void> {
  const [starter, ...services] = await Promise.all(
    [Deno.pid, ...pids].map(async (pid) => ({ pid, command: await commandOf(pid) })),
  );
  await writeState(fileIn(stackFolder), { starter, services });
}

export async function forgetProcesses(stackFolder: string): Promise<void> {
  await Deno.remove(fileIn(stackFolder)).catch(() => {});
}

/** The id of the process that runs the stack of this folder now, if there is one. */
export async function findStarter(stackFolder: string): Promise<number | undefined> {
  const record = await readRecord(stackFolder);
  return record && (await isAlive(record.starter)) ? record.starter.pid : undefined;
}

/** The id of the service's process whose command line holds the text, if it lives. */
export async function findService(stackFolder: string, text: string): Promise<number | undefined> {
  return (await findServices(stackFolder, text))[0];
}

/** Those of all such processes: of the worker there are several while an isolate takes over. */
export async function findServices(stackFolder: string, text: string): Promise<readonly number[]> {
  const { services = [] } = (await readRecord(stackFolder)) ?? {};
  const alive: number[] = [];
  for (const service of services.filter(({ command }) => command.includes(text))) {
    if (await isAlive(service)) alive.push(service.pid);
  }
  return alive;
}

/** Ends the services that a killed stack left behind. Returns how many there were. */
export async function endLeftovers(stackFolder: string): Promise<number> {
  const { services = [] } = (await readRecord(stackFolder)) ?? {};
  const alive: Process[] = [];
  for (const service of services) {
    if (await isAlive(service)) alive.push(service);
  }
  await Promise.all(alive.map(end));
  await forgetProcesses(stackFolder);
  return alive.length;
}

async function end(process: Process): Promise<void> {
  // What Postgres takes as a request to stop at once and cleanly, and the others to stop.
  Deno.kill(process.pid, "SIGINT");
  const deadline = Date.now() + END_MILLISECONDS;
  while (await isAlive(process)) {
    if (Date.now() > deadline) Deno.kill(process.pid, "SIGKILL");
    await setTimeout(50);
  }
}

/** The id alone proves nothing: the system uses it again. */
async function isAlive({ pid, command }: Process): Promise<boolean> {
  return command !== "" && (await commandOf(pid)) === command;
}

/** The command line of a process, empty if there is none of that id. */
async function commandOf(pid: number): Promise<string> {
  const ps = new Deno.Command("ps", { args: ["-o", "args=", "-p", String(pid)], stderr: "null" });
  return new TextDecoder().decode((await ps.output()).stdout).trim();
}

async function readRecord(stackFolder: string): Promise<z.infer<typeof recordSchema> | undefined> {
  return recordSchema.safeParse(await readState(fileIn(stackFolder))).data;
}

function fileIn(stackFolder: string): string {
  return join(stackFolder, "processes.json");
}
