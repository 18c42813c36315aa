import { readFileSync, readlinkSync } from "node:fs";

/** Which of these processes has the connection whose own port this is; on Linux. */
export function ownerOfPort(port: number, pids: readonly number[]): number | undefined {
  const hexadecimal = port.toString(16).toUpperCase().padStart(4, "0");
  // Connections that have ended are listed for a while, too, and belong to nobody.
  const sockets = readFileSync("/proc/net/tcp", "utf8")
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local]) => local?.endsWith(`:${hexadecimal}`))
    .map((columns) => `socket:[${columns[9]}]`);
  return pids.find((pid) => socketsOf(pid).some((socket) => sockets.includes(socket)));
}

function socketsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  try {
    return [...Deno.readDirSync(folder)].flatMap(({ name }) => {
      try {
        return readlinkSync(`${folder}/${name}`);
      } catch {
        // Closed meanwhile.
        return [];
      }
    });
  } catch {
    // Ended meanwhile.
    return [];
  }
}
