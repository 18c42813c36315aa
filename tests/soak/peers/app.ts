import { join } from "node:path";

export interface Ended {
  /** The last thing that it has said, or why it has failed. */
  readonly said: string;
  readonly hasResult: boolean;
  readonly seconds: number;
}

export interface Start {
  readonly node: string;
  readonly folder: string;
  readonly name: string;
  readonly env: Record<string, string>;
  readonly prompt: string;
  /** The file of what it keeps: it outlives the program. */
  readonly kept: string;
}

/** A program of an app, which somebody starts, stops and kills. */
export class App {
  readonly ended: Promise<Ended>;
  readonly #process: Deno.ChildProcess;
  readonly #startedAt = performance.now();

  constructor({ node, folder, name, env, prompt, kept }: Start) {
    this.#process = new Deno.Command(node, {
      args: ["--import=./redirect.mjs", `${name}.mjs`, prompt],
      cwd: folder,
      env: { ...env, KEPT: join(folder, kept), NO_COLOR: "1" },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.ended = this.#end();
  }

  signal(signal: "SIGINT" | "SIGKILL"): void {
    this.#process.kill(signal);
  }

  async #end(): Promise<Ended> {
    const [{ success }, printed, errors] = await Promise.all([
      this.#process.status,
      new Response(this.#process.stdout).text(),
      new Response(this.#process.stderr).text(),
    ]);
    const last = printed.trim().split("\n").at(-1) ?? "";
    const hasResult = success && last.startsWith("http");
    const [error = errors.trim()] = /^(?:\S*Error\b|DOMException).*$/m.exec(errors) ?? [];
    return {
      said: hasResult ? "a result" : success ? last : error,
      hasResult,
      seconds: Math.round((performance.now() - this.#startedAt) / 1_000),
    };
  }
}

/** How many lines of a program do something. */
export async function countLines(folder: string, name: string): Promise<number> {
  const text = await Deno.readTextFile(join(folder, `${name}.mjs`));
  return text.split("\n").filter((line) => line.trim() && !line.trim().startsWith("//")).length;
}
