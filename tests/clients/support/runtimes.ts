import { installBun, installNode } from "../../sdks/packages.ts";

/** What runs a program of an app: its own program, and the arguments before the app's. */
export type Runtime = readonly [program: string, ...args: readonly string[]];

/** Every runtime in which the package is tested as it is, and one that lacks what phones do. */
export async function installRuntimes(): Promise<Readonly<Record<string, Runtime>>> {
  const gaps = new URL("./react_native_gaps.mjs", import.meta.url).pathname;
  const node22 = await installNode(22);
  return {
    "Node 22": [node22],
    "Node 22 with React Native's gaps": [node22, `--import=${gaps}`],
    "Node 20": [await installNode(20)],
    "Bun": [await installBun()],
    "Deno": [Deno.execPath(), "run", "--quiet", "--allow-all", "--node-modules-dir=manual"],
  };
}
