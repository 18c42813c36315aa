import { join } from "node:path";
import { extract } from "tar";
import { foldersOf } from "../../../tools/local/stack/folders.ts";
import { installTool } from "../../../tools/local/stack/tools.ts";
import { testPorts } from "../../support/test_ports.ts";

/**
 * Gives the work a server of Debian's that has pgmq and pgTAP as extensions, beside those that Debian
 * has. The server's own folders are not ours to write to, but it finds its extensions from where its
 * program is: so it gets a folder with links to all that Debian has.
 *
 * @param version The major version, as Debian names the folder.
 */
export async function withDebianPgmq(
  version: string,
  work: (server: string) => Promise<void>,
): Promise<void> {
  const root = await Deno.makeTempDir({ dir: "/tmp", prefix: "debian-postgres-" });
  await Deno.chmod(root, 0o755);
  const server = join(root, "lib/postgresql", version);
  const share = join(root, "share/postgresql", version);
  try {
    await Deno.mkdir(join(server, "bin"), { recursive: true });
    await Deno.mkdir(join(share, "extension"), { recursive: true });
    const debian = join("/usr/lib/postgresql", version);
    // Copies, because a program that is a link takes the place that it points to for its own.
    for (const program of ["postgres", "initdb"]) {
      await Deno.copyFile(join(debian, "bin", program), join(server, "bin", program));
    }
    await Deno.symlink(join(debian, "lib"), join(server, "lib"));
    const debianShare = join("/usr/share/postgresql", version);
    await linkAll(debianShare, share);
    await linkAll(join(debianShare, "extension"), join(share, "extension"));
    await addExtensions(share);
    await work(server);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

/** What is there already stays. */
async function linkAll(from: string, to: string): Promise<void> {
  const there = new Set([...Deno.readDirSync(to)].map(({ name }) => name));
  for (const { name } of Deno.readDirSync(from)) {
    if (!there.has(name)) await Deno.symlink(join(from, name), join(to, name));
  }
}

/** Both are SQL only, the same files for every server. */
async function addExtensions(share: string): Promise<void> {
  const { tools } = foldersOf(testPorts.shared);
  for (const name of ["pgmq", "pgtap"] as const) {
    const file = await installTool(tools, name);
    // In the archive they are in share/postgresql/extension.
    await extract({ file, cwd: share, strip: 2 });
  }
}
