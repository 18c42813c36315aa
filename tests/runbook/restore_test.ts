import assert from "node:assert/strict";
import { operationsPage } from "../support/operations_page.ts";
import { withDatabase } from "../support/stack.ts";

const helpers = new URL("../../supabase/tests/helpers.sql", import.meta.url);

const ARRANGE = `
  select tests.clear();
  delete from private.file_cursors;
  select tests.submit('accepted', p_provider => 'tripo');
  select tests.claim();
  select tests.snooze('accepted');
  select tests.submit('called');
  select tests.claim();
  select tests.lose_worker('called');
  select tests.show_message('accepted');
  select tests.submit('waits');
  select tests.submit('behind');
  insert into storage.objects (bucket_id, name, created_at)
  values (
    'generated', gen_random_uuid() || '/concepts/' || gen_random_uuid() || '/0.png',
    now() - interval '2 hours'
  );
`;

Deno.test("the SQL of a restore buys and removes nothing before the lanes are open, then all goes on", async () => {
  const section = operationsPage.sections.find(({ title }) => title === "Restoring from a backup");
  const [stop, endCalled, endWaiting, open] = section?.blocks ?? [];
  assert.equal(section?.blocks.length, 4);
  const undo = new Error("Rolled back");
  await withDatabase(async (sql) => {
    try {
      await sql.unsafe(await Deno.readTextFile(helpers)).simple();
      await sql.begin(async (transaction) => {
        const run = (text = ""): Promise<unknown> =>
          transaction.unsafe(`set local role postgres; ${text}; reset role`).simple();
        const ask = async (query: string): Promise<unknown> =>
          (await transaction.unsafe<{ answer: unknown }[]>(`select ${query} as answer`))[0]?.answer;
        const orphans =
          "array(select private.removable_files_if_due('orphaned files', 'generated', 10))";
        await transaction.unsafe(ARRANGE).simple();

        await run(stop?.text);
        assert.equal(await ask(`cardinality(${orphans})`), 0);
        assert.deepEqual(await ask("tests.claim()"), ["accepted"], "only a poll");
        await run(endCalled?.text);
        await ask("(select restored_messages from private.reconcile())");
        assert.equal(await ask("(tests.task('called')).error_code"), "timeout");
        assert.equal(await ask("(tests.task('waits')).status"), "pending", "it may be started");

        await run(endWaiting?.text);
        await ask("(select restored_messages from private.reconcile())");
        assert.equal(await ask("(tests.task('waits')).error_code"), "timeout");
        assert.equal(await ask("(tests.task('accepted')).status"), "processing");
        assert.equal(await ask("(select count(*)::integer from private.provider_calls)"), 2);

        assert.equal(
          await ask("(select paused_since is not null from private.submit_pause)"),
          true,
          "nothing new is accepted",
        );

        await run(open?.text);
        assert.equal(await ask("(select paused_since from private.submit_pause)"), null);
        await ask("(select id from tests.submit('new', p_user => 'bob'))");
        assert.deepEqual(await ask("tests.claim()"), ["new"]);
        assert.equal(await ask(`cardinality(${orphans})`), 1);
        assert.equal(
          await ask("(select sum(max_ambiguous_retries)::integer from private.lanes)"),
          Number(await ask("(select count(*)::integer - 1 from private.lanes)")),
        );
        throw undo;
      }).catch((error) => {
        if (error !== undo) throw error;
      });
    } finally {
      await sql`drop schema if exists tests cascade`;
      await sql`drop extension if exists pgtap`;
    }
  });
});
