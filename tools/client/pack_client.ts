import { join } from "node:path";
import { create, extract } from "tar";
import { repository } from "../local/stack/folders.ts";
import { run } from "../local/stack/run.ts";
import project from "../../client/deno.json" with { type: "json" };

export interface ClientPackage {
  /** What is in it. */
  readonly folder: string;
  readonly tarball: string;
}

/** What npm wants to know, and Deno does not say. */
const MANIFEST = {
  description: "Images and 3D models in an app, by a MakeIt3D backend in its own Supabase project",
  keywords: ["supabase", "react-native", "expo", "3d", "image-generation"],
  sideEffects: false,
  engines: { node: ">=20" },
  // Whoever imports the entries of React has it.
  peerDependencies: { "react": ">=18", "react-native": ">=0.74" },
  peerDependenciesMeta: { "react": { optional: true }, "react-native": { optional: true } },
};

/** Builds the client's package for npm in a folder, which is emptied before. */
export async function packClient(folder: string): Promise<ClientPackage> {
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  await Deno.mkdir(folder, { recursive: true });
  const packed = join(folder, "deno.tgz");
  const args = ["pack", "--quiet", "--allow-dirty", "--no-source-maps", "--output", packed];
  await run(Deno.execPath(), args, { cwd: join(repository, "client") });
  await extract({ file: packed, cwd: folder });
  await Deno.remove(packed);
  const contents = join(folder, "package");
  const manifest = join(contents, "package.json");
  const { dependencies: _, ...known } = JSON.parse(await Deno.readTextFile(manifest));
  await Deno.writeTextFile(manifest, JSON.stringify({ ...known, ...MANIFEST }, null, 2));
  await Deno.copyFile(join(repository, "LICENSE"), join(contents, "LICENSE"));
  const tarball = join(folder, `makeit3d-client-${project.version}.tgz`);
  await create({ file: tarball, cwd: folder, gzip: true, portable: true }, ["package"]);
  return { folder: contents, tarball };
}
