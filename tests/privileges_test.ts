import assert from "node:assert/strict";
import { listPrivileges, privilegesFile } from "../tools/generate/list_privileges.ts";
import { withDatabase } from "./support/stack.ts";

/** Lines of one list that the other does not have. */
function linesBeyond(list: string, other: string): string[] {
  const known = new Set(other.split("\n"));
  return list.split("\n").filter((line) => !known.has(line));
}

function describeChanges(agreed: string, found: string): string {
  return [
    "Who may do what in the database is not what was agreed to:",
    ...linesBeyond(agreed, found).map((line) => `- ${line}`),
    ...linesBeyond(found, agreed).map((line) => `+ ${line}`),
    "If each of these lines is meant, run `deno task privileges` with the stack running, and " +
    "commit supabase/tests/privileges.txt.",
  ].join("\n");
}

Deno.test("the Data API's roles may do what is in privileges.txt, and nothing else", async () => {
  const found = await withDatabase(listPrivileges);
  const agreed = await Deno.readTextFile(privilegesFile);
  assert.ok(found === agreed, describeChanges(agreed, found));
});

Deno.test("a new right of any kind is a new line of the list", async (t) => {
  const changes: Readonly<Record<string, string>> = {
    "anon: usage on schema private": "grant usage on schema private to anon",
    "anon: select on table private.api_keys": "grant select on private.api_keys to anon",
    "authenticated: select on column public.tasks.handle":
      "grant select (handle) on public.tasks to authenticated",
    "authenticated: delete on table pgmq.q_openai":
      "grant delete on pgmq.q_openai to authenticated",
    "public: execute on function private.expire_tasks()":
      "grant execute on function private.expire_tasks() to public",
    "public: execute on function public.probe()":
      "create function public.probe() returns void language sql as '';" +
      "grant execute on function public.probe() to public",
    "security definer: private.expire_tasks()":
      "alter function private.expire_tasks() security definer",
    "anon: select on new tables of postgres in public":
      "alter default privileges for role postgres in schema public grant select on tables to anon",
    "anon: usage on sequence private.dead_letters_id_seq":
      "grant usage on sequence private.dead_letters_id_seq to anon",
    "no row level security: public.tasks": "alter table public.tasks disable row level security",
    'policy on public.models: "all" for select to anon using true':
      'create policy "all" on public.models for select to anon using (true)',
    "anon: usage on schema monitoring": "grant usage on schema monitoring to anon",
    "view under the rights of its owner: monitoring.lanes":
      "alter view monitoring.lanes set (security_invoker = false)",
    "anon: is a member of service_role": "grant service_role to anon",
    "publication probe: public.tasks": "create publication probe for table public.tasks",
  };
  const agreed = await Deno.readTextFile(privilegesFile);
  for (const [line, statement] of Object.entries(changes)) {
    await t.step(line, async () => {
      await withDatabase(async (sql) => {
        const undo = new Error("Rolled back");
        await sql.begin(async (transaction) => {
          await transaction.unsafe(statement).simple();
          assert.deepEqual(linesBeyond(await listPrivileges(transaction), agreed), [line]);
          throw undo;
        }).catch((error) => {
          if (error !== undo) throw error;
        });
      });
    });
  }
});
