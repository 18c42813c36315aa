/** `deno task deploy`: shows what a deploy to the hosted project would do; with --yes it does it. */
import { join } from "node:path";
import { DEFAULT_PORT, main, print, taskCommand } from "../command_line.ts";
import { deploy } from "../commands/development_commands.ts";
import { foldersOf, repository } from "../local/stack/folders.ts";
import { installTool } from "../local/stack/tools.ts";
import { showStep } from "../progress.ts";
import { type AppFolder, copyMigrations, readAppFolder } from "./deploy/app_folder.ts";
import { checkAsUser } from "./deploy/check_as_user.ts";
import { findCollisions } from "./deploy/collisions.ts";
import { dryRunRequest } from "./deploy/dry_run_request.ts";
import { whileSubmitsPaused } from "./deploy/pause_submits.ts";
import { type Plan, planDeploy } from "./deploy/plan.ts";
import { readSecretsFile, sentWorkerSecret } from "./deploy/secrets_file.ts";
import { signsWithSecret } from "./deploy/signing_keys.ts";
import { SupabaseCli } from "./deploy/supabase_cli.ts";
import { withTemporaryApiKey } from "./deploy/temporary_api_key.ts";
import { verify } from "./deploy/verify.ts";

await main(deploy, async ({ values: options }) => {
  const app = options.app === undefined ? undefined : await readAppFolder(options.app);
  const project = options.project ?? await linkedProject(app?.folder ?? repository);
  const secretsText = await readSecretsText(options.secrets ?? ".env.production");
  const secrets = secretsText ? readSecretsFile(secretsText) : {};
  const program = await installTool(foldersOf(DEFAULT_PORT).tools, "supabase");
  const cli = new SupabaseCli(program, { ...options, project, appFolder: app?.folder });

  print(`Supabase CLI ${await cli.version()}, project ${project}`);
  const functionsUrl = options["functions-url"] ?? `https://${project}.supabase.co/functions/v1`;
  // The first thing that takes a login.
  const secretsThere = await cli.secretNames();
  const migrations = await cli.migrations();
  const plan = planDeploy({
    project,
    migrations,
    app,
    collisions: [
      ...app?.collisions ?? [],
      ...migrations.isFirst
        ? await findCollisions((sql) => cli.query(sql), await cli.functionNames())
        : [],
    ],
    postgresVersion: await cli.postgresVersion(),
    signsWithSecret: await signsWithSecret(projectUrlOf(functionsUrl)),
    functionsOnly: options["functions-only"],
    secretsThere,
    secretsToSet: Object.keys(secrets),
  });
  show(plan);
  if (plan.errors.length > 0) throw new Error("Nothing was changed");
  if (!options.yes) return print(`Nothing was changed. Do it: ${taskCommand("deploy")} --yes`);
  await deliver(cli, {
    app,
    secretsText,
    functionsOnly: options["functions-only"],
    hasMigrations: migrations.pending.length > 0,
    workerSecret: sentWorkerSecret(secrets),
    functionsUrl,
  });
});

/** The project that `supabase link` has noted. */
async function linkedProject(folder: string): Promise<string> {
  const file = join(folder, "supabase/.temp/project-ref");
  const project = await Deno.readTextFile(file).catch(() => "");
  if (project.trim()) return project.trim();
  throw new Error(
    "No project is linked: npx supabase@3.1.0 link YOUR-PROJECT, or deploy with --project. " +
      "docs/deploy.md has the way from the beginning",
  );
}

/** Empty, if there is no such file: the secrets that the project has stay as they are. */
async function readSecretsText(file: string): Promise<string> {
  try {
    return await Deno.readTextFile(join(repository, file));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

function show({ steps, warnings, errors }: Plan): void {
  print("A deploy would, in this order,");
  for (const [index, step] of steps.entries()) print(`  ${index + 1}. ${step}`);
  for (const warning of warnings) print(`Note: ${warning}`);
  for (const error of errors) print(`In the way: ${error}`);
}

interface Delivery {
  readonly app: AppFolder | undefined;
  /** Text of the file with the secrets; empty if none is to be set. */
  readonly secretsText: string;
  readonly functionsOnly: boolean;
  /** Whether there is any that the database does not have. */
  readonly hasMigrations: boolean;
  readonly workerSecret: string | undefined;
  readonly functionsUrl: string;
}

async function deliver(cli: SupabaseCli, delivery: Delivery): Promise<void> {
  const { functionsUrl, functionsOnly } = delivery;
  if (!functionsOnly) await prepare(cli, delivery);
  await showStep("Functions", () => cli.deployFunctions());
  await showStep("Health and refusals", () => verify(functionsUrl, delivery.workerSecret));
  const note = await showStep("A dry run as a user", () => tryAsUser(cli, functionsUrl));
  if (note !== undefined) print(`Note: ${note}`);

  const problems = await cli.query("select private.schedule_problems() as problem");
  for (const { problem } of problems) print(`Still to do: ${problem}`);
  print(`Deployed: ${functionsUrl}`);
}

/** What new functions need before they come. */
async function prepare(cli: SupabaseCli, delivery: Delivery): Promise<void> {
  const { app, secretsText, hasMigrations } = delivery;
  const migrate = (): Promise<void> => showStep("Migrations", () => cli.pushMigrations());
  if (app) await copyMigrations(app);
  if (secretsText) await showStep("Secrets", () => cli.setSecrets(secretsText));
  // New functions need the new database; the old ones get along with it until they are replaced.
  await (hasMigrations ? whileSubmitsPaused((sql) => cli.query(sql), migrate) : migrate());
  await showStep("Schedule", () => connectWorker(cli, delivery));
}

/** @returns What could not be tried, or keeps requests out; undefined if all is well. */
async function tryAsUser(cli: SupabaseCli, functionsUrl: string): Promise<string | undefined> {
  const keys = await cli.projectKeys();
  const request = dryRunRequest(new Set(await cli.secretNames()));
  if (!keys) return "No user was signed in: the CLI does not tell the project's keys";
  if (!request) {
    return "No user was signed in: no provider of these makes anything from words alone";
  }
  return await withTemporaryApiKey((sql) => cli.query(sql), (apiKey) =>
    checkAsUser({
      projectUrl: projectUrlOf(functionsUrl),
      functionsUrl,
      keys,
      apiKey,
      request,
    }));
}

function projectUrlOf(functionsUrl: string): string {
  return functionsUrl.replace(/\/functions\/v1$/, "");
}

async function connectWorker(
  cli: SupabaseCli,
  { functionsUrl, workerSecret }: Delivery,
): Promise<void> {
  if (workerSecret) {
    const [address, secret] = [`${functionsUrl}/worker`, workerSecret]
      .map((text) => `'${text.replaceAll("'", "''")}'`);
    await cli.query(`
      select private.connect_worker(${address}, ${secret})
      where to_regnamespace('vault') is not null
    `);
  }
  await cli.query("select private.install_schedule()");
}
