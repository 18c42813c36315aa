/** A system user, as Postgres is to run under. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

export function isRoot(): boolean {
  return Deno.build.os !== "windows" && Deno.uid() === 0;
}

/**
 * The user Postgres runs as when this process is root, which Postgres refuses to run as: the system's
 * `postgres` if there is one, else `nobody`. Undefined for an ordinary user.
 */
export function postgresUser(): SystemUser | undefined {
  if (!isRoot()) return undefined;
  const lines = Deno.readTextFileSync("/etc/passwd")
    .split("\n")
    .map((line) => line.split(":"));
  const line = lines.find(([name]) => name === "postgres") ??
    lines.find(([name]) => name === "nobody");
  if (!line) {
    throw new Error("Cannot run Postgres as root: no user postgres or nobody on this system");
  }
  return { uid: Number(line[2]), gid: Number(line[3]) };
}
