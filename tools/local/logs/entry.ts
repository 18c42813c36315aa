import { z } from "zod";

/** One thing that a service has logged. */
export interface LogEntry {
  readonly service: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly level: string;
  /** What happened. */
  readonly event: string;
  /** All else that was said of it. */
  readonly details: Readonly<Record<string, unknown>>;
  /** As it was logged. */
  readonly text: string;
}

const ourLine = z.looseObject({ time: z.iso.datetime(), level: z.string(), event: z.string() });

/** `2026-11-29 07:40:07.166 UTC [23163] WARNING:  …` */
const POSTGRES_LINE = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d\.\d{3}) UTC \[\d+\] (\w+): +(.*)$/;

/** What is not worth a place in every line. */
const LEFT_OUT: ReadonlySet<string> = new Set(["function", "user_id", "lease"]);

/** Reads a line; undefined, if it goes on with the one before. */
export function parseLine(service: string, text: string): LogEntry | undefined {
  const { success, data } = ourLine.safeParse(readJson(text));
  if (success) {
    const { time, level, event, ...details } = data;
    return { service, time: Date.parse(time), level, event, details, text };
  }
  const [, day, hour, level, event] = POSTGRES_LINE.exec(text) ?? [];
  if (!level || !event) return undefined;
  const time = Date.parse(`${day}T${hour}Z`);
  return { service, time, level: level.toLowerCase(), event, details: {}, text };
}

/** `07:40:33.440Z warn  worker  step ended  error_code=provider_auth …` */
export function formatEntry({ service, time, level, event, details }: LogEntry): string {
  const words = Object.entries(details)
    .filter(([name]) => !LEFT_OUT.has(name))
    .map(([name, value]) => `${name}=${wordOf(value)}`);
  const at = new Date(time).toISOString().slice(11);
  return [at, level.padEnd(5), service.padEnd(12), event, ...words].join(" ").trimEnd();
}

function wordOf(value: unknown): string {
  return typeof value === "string" && /^[\w./:@-]+$/.test(value) ? value : JSON.stringify(value);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
