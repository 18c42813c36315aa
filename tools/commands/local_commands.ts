import type { Command } from "./command.ts";
import { PORT } from "./ports.ts";

/** Commands for the stack on this machine. */

export const dev = {
  name: "dev",
  summary: "Starts the local stack, and keeps it running until Ctrl-C",
  options: {
    port: { argument: "PORT", meaning: "its first port, for a second stack; default: 54321" },
    fresh: { meaning: "begins without the data of an earlier start" },
    host: {
      argument: "ADDRESS",
      meaning: "also reached at this address of the machine; 0.0.0.0 for all: docs/phone.md",
    },
    "public-url": {
      argument: "URL",
      meaning: "what apps know it by; default: its address in the network, with --host",
    },
  },
} as const satisfies Command;

export const stop = {
  name: "stop",
  summary: "Stops the local stack, also what is left of one whose starter was killed",
  options: { port: PORT },
} as const satisfies Command;

export const tryOut = {
  name: "try",
  summary: "Has the running stack make something, shows each state, and saves the file",
  operands: ["[OPERATION]"],
  options: {
    provider: { argument: "NAME", meaning: "default: the first that offers it" },
    prompt: { argument: "TEXT", meaning: "what is wanted; default: an example" },
    file: {
      argument: "PATH",
      meaning: "for an operation that needs a file; default: one of docs/samples",
    },
    "no-open": { meaning: "does not open the image; it is opened where there is a desktop" },
    port: PORT,
  },
  notes: [
    "OPERATION is one of docs/api.md, such as image-to-image; default: text-to-image. Words in the " +
    "prompt make a simulated service fail or wait: docs/local-stack.md.",
  ],
} as const satisfies Command;

export const logs = {
  name: "logs",
  summary: "Shows what functions and services of the local stack have logged, for people",
  operands: ["[ID]"],
  options: {
    service: {
      argument: "NAME",
      repeats: true,
      meaning: "only this one's, such as worker; again for another",
    },
    follow: { meaning: "goes on with what comes, until Ctrl-C" },
    lines: { argument: "COUNT", meaning: "the last so many lines; default: 50; with ID all" },
    polls: { meaning: "also reads of a status, which are left out while nothing is wrong" },
    port: PORT,
  },
  notes: [
    "ID is that of a task (celery_task_id), of a request or of a trace: only what belongs to it.",
  ],
} as const satisfies Command;

export const env = {
  name: "env",
  summary: "Prints the settings of the running stack as dotenv lines",
  options: {
    app: {
      meaning: "only what may be built into an app, and the test users: no secret; with the " +
        "address that phones reach, where it was started with --host or --public-url",
    },
    port: PORT,
  },
} as const satisfies Command;

export const localCommands: readonly Command[] = [dev, stop, tryOut, logs, env];
