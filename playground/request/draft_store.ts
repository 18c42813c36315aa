import * as z from "zod/mini";
import { type Draft, EMPTY_DRAFT } from "./draft.ts";

/** Where texts survive a reload: a part of `Storage`. */
export type DraftStorage = Pick<Storage, "getItem" | "setItem">;

const keptSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/**
 * The draft of one user, for as long as the page is open; what is typed and chosen also survives a
 * reload, files do not: a page cannot keep them.
 */
export class DraftStore {
  readonly #storage: DraftStorage;
  readonly #key: string;
  readonly #listeners = new Set<() => void>();
  #draft: Draft;

  /** @param owner Whose it is: another user of the same tab sees nothing of it. */
  constructor(owner: string, storage: DraftStorage) {
    this.#storage = storage;
    this.#key = `makeit3d-playground:draft:${owner}`;
    this.#draft = { ...EMPTY_DRAFT, values: this.#kept() };
  }

  get draft(): Draft {
    return this.#draft;
  }

  change(change: (draft: Draft) => Draft): void {
    this.#draft = change(this.#draft);
    try {
      this.#storage.setItem(this.#key, JSON.stringify(this.#draft.values));
    } catch {
      // A full or forbidden storage: a reload loses the texts then, nothing else.
    }
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #kept(): Draft["values"] {
    try {
      const { data } = keptSchema.safeParse(JSON.parse(this.#storage.getItem(this.#key) ?? "{}"));
      return data ?? {};
    } catch {
      return {};
    }
  }
}
