import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isRoot } from "./postgres_user.ts";

/** The repository's folder. */
export const repository = fileURLToPath(new URL("../../../", import.meta.url));

export interface Folders {
  /** Binaries, shared by all stacks of this repository. */
  readonly tools: string;
  /** Data, settings and logs of the stack on one port. */
  readonly stack: string;
}

/**
 * Where a stack keeps what it needs: `.dev` in the repository. Postgres refuses to run as root, so
 * for root it runs as another user; where that user could not enter the repository (`/root`, a
 * private temporary folder), everything lies in the system's folder for long-lived temporary files.
 */
export function foldersOf(port: number): Folders {
  const base = isRoot() && !isOpenToAll(repository) ? sharedFolder() : join(repository, ".dev");
  return { tools: join(base, "tools"), stack: join(base, String(port)) };
}

function sharedFolder(): string {
  const name = createHash("sha256").update(repository).digest("hex").slice(0, 12);
  return `/var/tmp/makeit3d-dev-${name}`;
}

function isOpenToAll(folder: string): boolean {
  const mode = Deno.statSync(folder).mode ?? 0;
  const parent = dirname(folder);
  return (mode & 0o001) !== 0 && (parent === folder || isOpenToAll(parent));
}
