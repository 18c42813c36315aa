import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { readState, writeState } from "./state_file.ts";

const recordSchema = z.object({
  /** The process that started the stack and stops it. */
  starter: z.object({ pid: z.number(), command: z.string() }),
  services: z.array(z.object({ name: z.string(), pid: z.number(), command: z.string() })),
  /** What apps on other machines know it by, if any can reach it. */
  publicUrl: z.string().optional(),
});

type Process = z.infer<typeof recordSchema>["starter"];
type Service = z.infer<typeof recordSchema>["services"][number];

/** A process of a stack, and what it is there for. */
export interface NamedProcess {
  readonly name: string;
  readonly pid: number;
}

/** How long a starter may take to end all that it has started. */
const STOP_MILLISECONDS = 30_000;
/** How long a leftover may take to end by itself before it is killed. */
const END_MILLISECONDS = 5_000;

/**
 * Notes which processes belong to a stack, for the next start to find if this one is killed, and what
 * other commands must know of how it was started.
 */
export async function recordProcesses(
  stackFolder: string,
  processes: readonly NamedProcess[],
  publicUrl: string | undefined,
): Promise<void> {
  const starter = { pid: Deno.pid, command: await commandOf(Deno.pid) };
  const services = await Promise.all(
    processes.map(async ({ name, pid }) => ({ name, pid, command: await commandOf(pid) })),
  );
  await writeState(fileIn(stackFolder), { starter, services, publicUrl });
}

export async function forgetProcesses(stackFolder: string): Promise<void> {
  await Deno.remove(fileIn(stackFolder)).catch(() => {});
}

/** The id of the process that runs the stack of this folder now, if there is one. */
export async function findStarter(stackFolder: string): Promise<number | undefined> {
  const record = await readRecord(stackFolder);
  return record && (await isAlive(record.starter)) ? record.starter.pid : undefined;
}

/** What apps on other machines know the running stack of this folder by, if any can reach it. */
export async function findPublicUrl(stackFolder: string): Promise<string | undefined> {
  return (await readRecord(stackFolder))?.publicUrl;
}

/** The id of the service's process whose command line holds the text, if it lives. */
export async function findService(stackFolder: string, text: string): Promise<number | undefined> {
  return (await findServices(stackFolder, text))[0];
}

/** Those of all such processes: of the worker there are several while an isolate takes over. */
export async function findServices(stackFolder: string, text: string): Promise<readonly number[]> {
  return (await livingServices(stackFolder))
    .filter(({ command }) => command.includes(text)).map(({ pid }) => pid);
}

/**
 * Stops the stack of a folder, whoever started it, or what is left of one whose starter was killed.
 * Returns the processes that have ended with it; the starter, if it lived, is the first.
 */
export async function stopStack(stackFolder: string): Promise<readonly NamedProcess[]> {
  const starter = (await readRecord(stackFolder))?.starter;
  const services = await livingServices(stackFolder);
  const isStarted = starter !== undefined && (await isAlive(starter));
  if (isStarted) await end(starter, "SIGTERM", STOP_MILLISECONDS);
  await endLeftovers(stackFolder);
  return [...(isStarted ? [{ name: "starter", pid: starter.pid }] : []), ...services];
}

/** Ends the services that a killed stack left behind. */
export async function endLeftovers(stackFolder: string): Promise<void> {
  const services = await livingServices(stackFolder);
  // What Postgres takes as a request to stop at once and cleanly, and the others to stop.
  await Promise.all(services.map((service) => end(service, "SIGINT", END_MILLISECONDS)));
  await forgetProcesses(stackFolder);
}

async function livingServices(stackFolder: string): Promise<readonly Service[]> {
  const { services = [] } = (await readRecord(stackFolder)) ?? {};
  const areAlive = await Promise.all(services.map(isAlive));
  return services.filter((_, index) => areAlive[index]);
}

async function end(process: Process, signal: Deno.Signal, patience: number): Promise<void> {
  send(process, signal);
  const deadline = Date.now() + patience;
  while (await isAlive(process)) {
    if (Date.now() > deadline) send(process, "SIGKILL");
    await setTimeout(50);
  }
}

/** It may have ended since it was looked at. */
function send({ pid }: Process, signal: Deno.Signal): void {
  try {
    Deno.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** The id alone proves nothing: the system uses it again. */
async function isAlive({ pid, command }: Process): Promise<boolean> {
  return command !== "" && (await commandOf(pid)) === command;
}

/** The command line of a process, empty if there is none of that id. */
async function commandOf(pid: number): Promise<string> {
  // In full, however wide the terminal is: it is compared.
  const args = ["-ww", "-o", "args=", "-p", String(pid)];
  const ps = new Deno.Command("ps", { args, stderr: "null" });
  return new TextDecoder().decode((await ps.output()).stdout).trim();
}

async function readRecord(stackFolder: string): Promise<z.infer<typeof recordSchema> | undefined> {
  return recordSchema.safeParse(await readState(fileIn(stackFolder))).data;
}

function fileIn(stackFolder: string): string {
  return join(stackFolder, "processes.json");
}
