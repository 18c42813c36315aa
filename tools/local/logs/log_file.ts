import { type LogEntry, parseLine } from "./entry.ts";

/** The log of one service, read on from where it was left. */
export class LogFile {
  readonly #service: string;
  readonly #path: string;
  #offset = 0;
  #rest = "";
  #time = 0;

  constructor(service: string, path: string) {
    this.#service = service;
    this.#path = path;
  }

  /** What was logged since the last call; all of it at the first. */
  async readNew(): Promise<LogEntry[]> {
    const lines = `${this.#rest}${await this.#readText()}`.split("\n");
    // A line that is still being written is for the next time.
    this.#rest = lines.pop() ?? "";
    return lines.filter((line) => line.trim() !== "").map((line) => this.#entryOf(line));
  }

  async #readText(): Promise<string> {
    try {
      using file = await Deno.open(this.#path);
      const { size } = await file.stat();
      // The stack was started anew without its data.
      if (size < this.#offset) this.#offset = 0;
      await file.seek(this.#offset, Deno.SeekMode.Start);
      const bytes = new Uint8Array(await new Response(file.readable).arrayBuffer());
      this.#offset += bytes.length;
      return new TextDecoder().decode(bytes);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return "";
      throw error;
    }
  }

  /** What other programs print has no time of its own: it has that of the line before. */
  #entryOf(text: string): LogEntry {
    const service = this.#service;
    const entry = parseLine(service, text) ??
      { service, time: this.#time, level: "", event: text, details: {}, text };
    this.#time = entry.time;
    return entry;
  }
}
