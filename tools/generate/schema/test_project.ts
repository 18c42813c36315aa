import { join } from "node:path";
import { run } from "../../local/stack/run.ts";

export const LANES = "supabase/schemas/10_tables/01_lanes.sql";
export const FLOW = "supabase/schemas/20_flows/01_claim.sql";
export const PATH = "supabase/migrations/20261224101112_slower_claims.sql";
export const BASELINE = "supabase/migrations/20261123000000_initial.sql";

export const flow = (limit: number): string =>
  `create or replace function private.limit()\nreturns integer\nlanguage sql\nreturn ${limit};\n`;

export interface Project {
  readonly root: string;
  write(path: string, text: string): Promise<void>;
  read(path: string): Promise<string>;
  commit(): Promise<void>;
  git(...args: string[]): Promise<string>;
}

/** Works with a repository that has one committed migration. */
export async function withProject(work: (project: Project) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir();
  const git = (...args: string[]): Promise<string> =>
    run("git", ["-c", "user.name=a", "-c", "user.email=a@b.example", ...args], { cwd: root });
  const project: Project = {
    root,
    git,
    async write(path, text) {
      await Deno.mkdir(join(root, path, ".."), { recursive: true });
      await Deno.writeTextFile(join(root, path), text);
    },
    read: (path) => Deno.readTextFile(join(root, path)),
    async commit() {
      await git("add", "--all");
      await git("commit", "--quiet", "--message", "x");
    },
  };
  try {
    await git("init", "--quiet");
    await project.write(LANES, "create table private.lanes (provider text);\n");
    await project.write(FLOW, flow(1));
    await project.write(BASELINE, "select 1;\n");
    await project.commit();
    await work(project);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}
