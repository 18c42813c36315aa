import type { PendingStorage } from "../../../client/mod.ts";

/** What an app on one device keeps, in a file: it outlives the process. */
export class FileDevice implements PendingStorage {
  constructor(readonly file: string) {}

  #read(): Record<string, string> {
    try {
      return JSON.parse(Deno.readTextFileSync(this.file));
    } catch {
      return {};
    }
  }

  #write(items: Record<string, string>): void {
    // As a device's database does: the old or the new, never a half.
    Deno.writeTextFileSync(`${this.file}.new`, JSON.stringify(items));
    Deno.renameSync(`${this.file}.new`, this.file);
  }

  getItem(key: string): string | null {
    return this.#read()[key] ?? null;
  }

  setItem(key: string, value: string): void {
    this.#write({ ...this.#read(), [key]: value });
  }

  removeItem(key: string): void {
    const { [key]: _, ...rest } = this.#read();
    this.#write(rest);
  }

  /** How many generations are kept as not ended. */
  get pending(): number {
    return Object.values(this.#read()).reduce((sum, text) => sum + JSON.parse(text).length, 0);
  }
}
