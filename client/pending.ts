import type { Operation } from "./requests.ts";

/** Where an app keeps what is to survive it: `localStorage`, AsyncStorage, a file. */
export interface PendingStorage {
  getItem(key: string): string | null | Promise<string | null>;
  setItem(key: string, value: string): unknown;
  removeItem(key: string): unknown;
}

/** A generation that is not known to have ended. */
export interface Pending {
  readonly taskId: string;
  readonly operation: Operation;
  /** What was asked for, until the backend is known to have it. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** The backend's id, from then on. */
  readonly id?: string;
  readonly scope?: string;
  /** The user wants it no more, and the backend may not know it yet. */
  readonly isCanceled?: true;
}

/** The Web Locks of a browser; other platforms have one thread of the app's. */
interface Locks {
  request(name: string, work: () => Promise<void>): Promise<void>;
}

/** The oldest is forgotten then: it is in `list()` all the same. */
const MAX_PENDING = 50;

/** What a user has under way from this device, kept so that a restart finds it. */
export class PendingStore {
  readonly #storage: PendingStorage;
  readonly #project: string;
  #last: Promise<unknown> = Promise.resolve();

  constructor(storage: PendingStorage, projectUrl: string) {
    this.#storage = storage;
    this.#project = projectUrl.replace(/^\w+:\/\//, "");
  }

  async list(user: string): Promise<readonly Pending[]> {
    const text = await this.#storage.getItem(this.#key(user));
    try {
      const known: unknown = JSON.parse(text ?? "[]");
      return Array.isArray(known) ? known : [];
    } catch {
      return [];
    }
  }

  add(user: string, pending: Pending): Promise<void> {
    return this.#change(user, (known) => [...without(known, pending.taskId), pending]);
  }

  /** Changes what is known of one, if it is there. */
  update(user: string, taskId: string, change: (known: Pending) => Pending): Promise<void> {
    return this.#change(
      user,
      (all) => all.map((known) => known.taskId === taskId ? change(known) : known),
    );
  }

  remove(user: string, taskId: string): Promise<void> {
    return this.#change(user, (known) => without(known, taskId));
  }

  /** One after the other, in all tabs where the browser can say so. */
  #change(
    user: string,
    change: (known: readonly Pending[]) => readonly Pending[],
  ): Promise<void> {
    const key = this.#key(user);
    const work = async (): Promise<void> => {
      const changed = change(await this.list(user));
      if (changed.length === 0) await this.#storage.removeItem(key);
      else await this.#storage.setItem(key, JSON.stringify(changed.slice(-MAX_PENDING)));
    };
    const done = this.#last.then(() => {
      const { locks } = (globalThis.navigator ?? {}) as { readonly locks?: Locks };
      return locks ? locks.request(key, work) : work();
    });
    this.#last = done.catch(() => {});
    return done;
  }

  #key(user: string): string {
    return `makeit3d:${this.#project}:${user}`;
  }
}

function without(known: readonly Pending[], taskId: string): readonly Pending[] {
  return known.filter((one) => one.taskId !== taskId);
}

/** `localStorage` where there is one that may be used; else what ends with the app. */
export function defaultStorage(): PendingStorage {
  try {
    if (typeof localStorage === "object" && localStorage) {
      localStorage.setItem("makeit3d", "");
      localStorage.removeItem("makeit3d");
      return localStorage;
    }
  } catch {
    // A page that may keep nothing.
  }
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
    removeItem: (key) => items.delete(key),
  };
}
