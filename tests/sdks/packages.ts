import { join } from "node:path";
import { installPackage } from "../../tools/local/stack/tools.ts";
import project from "../../deno.json" with { type: "json" };
import { stack } from "../support/stack.ts";

type Sdk = "@supabase/supabase-js" | "tus-js-client";

/** The folder of an SDK, as npm has it, in the version that everything else uses, too. */
export async function installSdk(name: Sdk): Promise<string> {
  const version = project.imports[name].split("@").at(-1) ?? "";
  return await installPackage(join(stack.tools, "sdks", name), {
    package: name,
    version,
    path: "",
  });
}

const NODES = { 20: "20.20.2", 22: "22.23.3" };

export type NodeVersion = keyof typeof NODES;

/** The program of a Node.js. */
export async function installNode(major: NodeVersion): Promise<string> {
  const { os, arch } = Deno.build;
  // Apple's processors run the other kind, too.
  const platform = os === "darwin" || arch === "x86_64" ? `${os}-x64` : `${os}-arm64`;
  return await installPackage(join(stack.tools, `node-${major}`), {
    package: `node-${platform}`,
    version: NODES[major],
    path: "bin/node",
  });
}

/** The program of Bun. */
export async function installBun(): Promise<string> {
  const { os, arch } = Deno.build;
  return await installPackage(join(stack.tools, "bun"), {
    package: `@oven/bun-${os}-${arch === "x86_64" ? "x64" : "aarch64"}`,
    version: "1.4.5",
    path: "bin/bun",
  });
}
