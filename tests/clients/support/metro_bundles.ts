import { join } from "node:path";
import { run } from "../../../tools/local/stack/run.ts";

export interface Bundle {
  readonly platform: "android" | "ios";
  readonly script: string;
  readonly text: string;
  /** What it was made of, by path. */
  readonly sources: ReadonlyMap<string, string>;
}

interface SourceMap {
  readonly sources: readonly string[];
  readonly sourcesContent: readonly (string | null)[];
}

/** Has Expo bundle an app for both kinds of phones, as for an update, but to be read. */
export async function bundlesOf(app: string): Promise<readonly Bundle[]> {
  const cli = join(app, "node_modules/expo/bin/cli");
  const platforms = ["--platform", "android", "--platform", "ios"];
  const readable = ["--no-bytecode", "--no-minify", "--source-maps", "external"];
  const temporary = join(app, "temporary");
  await Deno.mkdir(temporary);
  const env = { CI: "1", EXPO_OFFLINE: "1", EXPO_NO_TELEMETRY: "1", TMPDIR: temporary };
  await run("node", [cli, "export", ...platforms, ...readable], { cwd: app, env });
  return await Promise.all((["android", "ios"] as const).map((name) => readBundle(app, name)));
}

async function readBundle(app: string, platform: "android" | "ios"): Promise<Bundle> {
  const folder = join(app, "dist/_expo/static/js", platform);
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
  const script = join(folder, names.find((name) => name.endsWith(".js")) ?? "");
  const map: SourceMap = JSON.parse(await Deno.readTextFile(`${script}.map`));
  const sources = map.sources.map((path, place) =>
    [path, map.sourcesContent[place] ?? ""] as const
  );
  return { platform, script, text: await Deno.readTextFile(script), sources: new Map(sources) };
}
