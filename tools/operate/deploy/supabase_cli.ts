import { z } from "zod";
import { repository } from "../../local/stack/folders.ts";
import { run } from "../../local/stack/run.ts";
import type { ProjectKeys } from "./check_as_user.ts";
import { ownMigrations } from "./app_folder.ts";
import { cliFailure } from "./cli_failure.ts";
import { bundleFunctions, BUNDLES_FOLDER } from "./bundles.ts";

const migrationList = z.object({
  migrations: z.array(z.object({ local: z.string(), remote: z.string() })),
});
const functionList = z.object({ functions: z.array(z.object({ slug: z.string() })) });
const secretList = z.object({ secrets: z.array(z.object({ name: z.string() })) });
const keyList = z.object({
  keys: z.array(z.object({ type: z.string(), name: z.string(), api_key: z.string().nullish() })),
});
const rows = z.array(z.record(z.string(), z.unknown()));

/** `NAME=` means that it is not set, not that it is to be set to nothing. */
const EMPTY_SETTING = /^\s*\w+=\s*$/gm;

export interface DeployTarget {
  /** The project's reference: its name in all addresses. */
  readonly project: string;
  /** Address of the database, where it is not to be the linked project's. */
  readonly database?: string | undefined;
  /** Another platform than the public one. */
  readonly profile?: string | undefined;
  /** Folder of an app that the project belongs to: its migrations are in the database, too. */
  readonly appFolder?: string | undefined;
}

export interface Migrations {
  /** This checkout's that are not applied. */
  readonly pending: readonly string[];
  /** The app's own that are not applied. */
  readonly pendingOfApp: readonly string[];
  /** Applied to the database, and neither in this checkout nor the app's. */
  readonly unknown: readonly string[];
  /** Whether none of this checkout's is applied. */
  readonly isFirst: boolean;
}

/** What a deploy asks of the official CLI. */
export class SupabaseCli {
  readonly #program: string;
  readonly #target: DeployTarget;

  constructor(program: string, target: DeployTarget) {
    this.#program = program;
    this.#target = target;
  }

  async version(): Promise<string> {
    return (await this.#run(["--version"])).trim();
  }

  async secretNames(): Promise<readonly string[]> {
    const printed = await this.#onProject(["secrets", "list", "--output-format", "json"]);
    return secretList.parse(JSON.parse(printed)).secrets.map(({ name }) => name);
  }

  /** Undefined where the access token may not read them, or the project has none. */
  async projectKeys(): Promise<ProjectKeys | undefined> {
    const args = ["projects", "api-keys", "--reveal", "--output-format", "json"];
    const printed = await this.#onProject(args).catch(() => undefined);
    if (printed === undefined) return undefined;
    const { keys } = keyList.parse(JSON.parse(printed));
    const find = (type: string, legacyName: string): string | undefined =>
      (keys.find((key) => key.type === type) ??
        keys.find((key) => key.type === "legacy" && key.name === legacyName))?.api_key ?? undefined;
    const [publishable, secret] = [find("publishable", "anon"), find("secret", "service_role")];
    return publishable && secret ? { publishable, secret } : undefined;
  }

  async migrations(): Promise<Migrations> {
    const printed = await this.#onDatabase(["migration", "list", "--output-format", "json"]);
    const { migrations } = migrationList.parse(JSON.parse(printed));
    const ours = await ownMigrations();
    const applied = new Set(migrations.map(({ remote }) => remote));
    return {
      pending: ours.filter((version) => !applied.has(version)),
      pendingOfApp: migrations.filter(({ local, remote }) => !remote && !ours.includes(local))
        .map(({ local }) => local),
      unknown: migrations.filter(({ local, remote }) => !local && !ours.includes(remote))
        .map(({ remote }) => remote),
      isFirst: !ours.some((version) => applied.has(version)),
    };
  }

  async functionNames(): Promise<readonly string[]> {
    const printed = await this.#onProject(["functions", "list", "--output-format", "json"]);
    return functionList.parse(JSON.parse(printed)).functions.map(({ slug }) => slug);
  }

  /** As `server_version_num` has it: 150008 is 15.8. */
  async postgresVersion(): Promise<number> {
    const [row] = await this.query(
      "select current_setting('server_version_num')::integer as version",
    );
    return z.number().parse(row?.["version"]);
  }

  /** @param envFile Text of an env file, as it was written: its quotes are the CLI's to read. */
  async setSecrets(envFile: string): Promise<void> {
    await withFile(envFile.replaceAll(EMPTY_SETTING, ""), async (file) => {
      await this.#onProject(["secrets", "set", "--yes", "--env-file", file]);
    });
  }

  async pushMigrations(): Promise<void> {
    // Those of an app may be younger than ours that are new; its secrets in Vault are its own business.
    const besideApp = this.#target.appFolder ? ["--include-all", "--skip-vault"] : [];
    await this.#onDatabase(["db", "push", "--yes", ...besideApp]);
  }

  /** Runs SQL from a file, because everybody on the machine reads the arguments of a program. */
  async query(sql: string): Promise<z.infer<typeof rows>> {
    return await withFile(sql, async (file) => {
      const args = ["db", "query", "--yes", "--output-format", "json", "--file", file];
      return rows.parse(JSON.parse(await this.#onDatabase(args)));
    });
  }

  /** Packed here where Docker runs, which allows four times the size; else by the platform. */
  async deployFunctions(): Promise<void> {
    await bundleFunctions(BUNDLES_FOLDER);
    await this.#onProject(["functions", "deploy", "--yes"], BUNDLES_FOLDER);
  }

  async #onProject(args: readonly string[], folder = repository): Promise<string> {
    return await this.#run([...args, `--remote=${this.#target.project}`], folder);
  }

  async #onDatabase(args: readonly string[]): Promise<string> {
    const { project, database, appFolder } = this.#target;
    return await this.#run([...args, `--remote=${database ?? project}`], appFolder);
  }

  async #run(args: readonly string[], cwd = repository): Promise<string> {
    const { profile } = this.#target;
    const options = profile ? ["--profile", profile] : [];
    try {
      return await run(this.#program, [...args, ...options], { cwd, env: { DO_NOT_TRACK: "1" } });
    } catch (error) {
      throw cliFailure(error);
    }
  }
}

/** Gives a program a file that nobody else reads. */
async function withFile<T>(text: string, work: (file: string) => Promise<T>): Promise<T> {
  const file = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(file, text);
    return await work(file);
  } finally {
    await Deno.remove(file);
  }
}
