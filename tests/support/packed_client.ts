import { join } from "node:path";
import { extract } from "tar";
import { packClient } from "../../tools/client/pack_client.ts";

export interface InstalledClient {
  /** An app's: its programs import the package. */
  readonly folder: string;
  /** Where the package lies in it. */
  readonly contents: string;
  readonly tarball: string;
}

/** Builds the client's tarball, and installs it in a folder of its own, as an app's package manager does. */
export async function installClient(): Promise<InstalledClient> {
  const folder = await Deno.makeTempDir();
  const { tarball } = await packClient(join(folder, "built"));
  const contents = join(folder, "node_modules/@makeit3d/client");
  await Deno.mkdir(contents, { recursive: true });
  await extract({ file: tarball, cwd: contents, strip: 1 });
  return { folder, contents, tarball };
}

/** Does it while the package is installed. */
export async function withInstalledClient<T>(
  work: (client: InstalledClient) => Promise<T>,
): Promise<T> {
  const client = await installClient();
  try {
    return await work(client);
  } finally {
    await Deno.remove(client.folder, { recursive: true });
  }
}
