/**
 * By hand: what a look at an input takes of the processor, with the platform's Deno, its reads by HTTP
 * among it; and a look into a mask, of files with `mask` in their names. For all files of some folders,
 * or else for those of `tests/inputs` and those that are made to be hard to read:
 * `deno run --allow-all tests/soak/looks/main.ts [FOLDER…]`
 */
import { basename, join } from "node:path";
import { print, tellFailures } from "../../../tools/command_line.ts";
import { foldersOf, repository } from "../../../tools/local/stack/folders.ts";
import { installTool } from "../../../tools/local/stack/tools.ts";
import { testPorts } from "../../support/test_ports.ts";
import { percentile } from "../long_polls/measure.ts";
import { hostileFiles } from "./hostile_files.ts";
import { serveFolder } from "./serve_folder.ts";

const LOOKS = 200;
const MASK_LOOKS = 20;

interface Spent {
  /** In milliseconds, as all of them. */
  readonly first: number;
  readonly later: readonly number[];
  readonly reads: number;
}

await tellFailures(async () => {
  const deno = await installTool(foldersOf(testPorts.shared).tools, "hostedDeno");
  await using hostile = await hostileFiles();
  const folders = Deno.args.length > 0
    ? Deno.args
    : [hostile.folder, join(repository, "tests/inputs/files")];
  print("reads first  mean   p50   p95  most: milliseconds of processor time");
  for (const folder of folders) {
    await using server = serveFolder(folder);
    for (const { name, isFile } of [...Deno.readDirSync(folder)].toSorted(byName)) {
      if (!isFile) continue;
      const { size } = await Deno.stat(join(folder, name));
      for (const kind of name.includes("mask") ? ["look", "mask"] : ["look"]) {
        const spent = await lookAt(deno, server.url, name, size, kind);
        print(`${lineOf(spent)}  ${kind}  ${size} B  ${basename(folder)}/${name}`);
      }
    }
  }
});

async function lookAt(
  deno: string,
  url: string,
  name: string,
  size: number,
  kind: string,
): Promise<Spent> {
  const rounds = kind === "mask" ? MASK_LOOKS : LOOKS;
  const options = ["--no-check", "--no-lock", "--quiet", "--allow-all"];
  const script = join(repository, "tests/soak/looks/look_at_file.ts");
  const { success, stdout } = await new Deno.Command(deno, {
    args: ["run", ...options, script, url, name, String(size), kind, String(rounds)],
    cwd: repository,
    env: { DENO_TLS_CA_STORE: "mozilla,system" },
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`${name} was not looked at`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

function lineOf({ first, later, reads }: Spent): string {
  const mean = later.reduce((sum, value) => sum + value, 0) / later.length;
  const [half, most] = [0.5, 0.95].map((share) => percentile(later, share));
  const values = [first, mean, half, most, Math.max(...later)];
  return [String(reads), ...values.map((value) => value?.toFixed(1) ?? "")]
    .map((text) => text.padStart(6))
    .join("");
}

function byName({ name: left }: Deno.DirEntry, { name: right }: Deno.DirEntry): number {
  return left.localeCompare(right);
}
