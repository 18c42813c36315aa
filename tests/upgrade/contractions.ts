import assert from "node:assert/strict";
import type { FaultStack } from "../faults/fault_stack.ts";
import { type Copy, withCopy } from "./copy.ts";
import { workOn } from "./phases.ts";
import { Scene } from "./scene.ts";
import { Version } from "./version.ts";

/** What the functions of the last release use and a migration could take away, and how they fail. */
const CONTRACTIONS = [
  {
    what: "a column that they read",
    statement: "alter table private.api_keys drop column sees_costs",
    failure: /answers 500/,
  },
  {
    what: "the name of a column",
    statement: "alter table public.tasks rename column inputs to input_files",
    failure: /answers 500/,
  },
  {
    what: "a function that their worker calls",
    statement: `
      do $$
      declare
        v_function text;
      begin
        for v_function in
          select oid::regprocedure from pg_proc where proname = 'mark_call_sent'
        loop
          execute 'drop function ' || v_function;
        end loop;
      end;
      $$`,
    failure: /in vain for done to be complete/,
  },
];
const COPY_PATIENCE_SECONDS = 15;

/**
 * Takes something away from the functions of the last release, on copies of the database: that nothing
 * was noticed before proves something, because this is.
 */
export async function tryContractions(
  step: (name: string, work: () => Promise<void>) => Promise<void>,
  stack: FaultStack,
  probe: { readonly port: number; readonly checkout: string },
): Promise<void> {
  await step("on a copy of the new database the old functions work, too", async () => {
    await withCopy(stack, (copy) => tryOld(copy, probe));
  });
  for (const { what, statement, failure } of CONTRACTIONS) {
    await step(`they fail where a migration has taken away ${what}`, async () => {
      await withCopy(stack, async (copy) => {
        await copy.stack.sql.unsafe(statement);
        await assert.rejects(tryOld(copy, probe), failure);
      });
    });
  }
}

/** Lets the functions of the last release do their work on a copy of the database. */
async function tryOld(copy: Copy, options: { port: number; checkout: string }): Promise<void> {
  const scene = await Scene.create(copy.stack, COPY_PATIENCE_SECONDS);
  const old = await Version.start(copy.stack, scene.token, { ...options, database: copy.name });
  try {
    await scene.submit(old, "done", "stability");
    await scene.waitFor({ done: "complete" });
    await workOn(scene, old, "the old");
  } finally {
    await old.stop();
  }
}
