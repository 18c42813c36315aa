import assert from "node:assert/strict";
import { join } from "node:path";
import { repository } from "../../tools/local/stack/folders.ts";
import { run } from "../../tools/local/stack/run.ts";

/** Names of before there was a glossary, each with the one that took its place. */
const RETIRED: Readonly<Record<string, string>> = {
  dead_messages: "dead_letters",
  put_back_dead: "replay_dead_letter",
  put_back_at: "replayed_at",
  bury: "dead_letter",
  begin_call: "mark_call_sent",
  called_at: "sent_at",
  close_lost_call: "abandon_call",
  known_outcome: "effective_outcome",
  may_repeat: "may_resubmit",
  repeat_ambiguous: "max_ambiguous_retries",
  is_trouble: "is_provider_failure",
  note_call: "record_success or record_failure",
  free_probes: "half_open_slots",
  free_units: "free_results",
  failures_in_row: "consecutive_failures",
  waiting_queue: "the lane's queue",
  queue_of_next: "turn",
  end_turn: "turn",
  sweep_if_due: "reconcile_if_due",
  take_sweep: "take_maintenance_job",
  orphan_counts: "inconsistency_counts",
  tidy: "prune",
  note_worker: "record_worker",
  may_wake: "should_wake_worker",
  purchases_since: "billable_calls_since",
  retry_task: "settle_task",
  ClaimedTasks: "WorkQueue",
  HeldClaims: "LeaseKeeper",
  InputBudget: "MemorySemaphore",
  whileLeased: "retryUntilLeaseLost",
  keepHouse: "createMaintenance",
  definePair: "defineOperation",
  findOffer: "findOperation",
  judgeRefusal: "classifyError",
  Dialect: "ApiConfig",
  Verdict: "ErrorClassification",
  parseAssetAddress: "parseAssetUrl",
  AssetLocation: "StorageObject",
  workerDoor: "workerSecret",
  backlog_queue: "the lane's queue",
  queue_for_new_task: "turn",
  promote_next_task: "turn",
  record_provider_health: "record_success or record_failure",
  fail_abandoned_task: "give_up_task",
  next_claimable: "waiting_tasks",
  MAX_CLAIMS: "MAX_STARTS",
};

/** The history may say how a thing was called; this list must. */
const SPEAK_OF_BEFORE = ["CHANGELOG.md", "tests/structure/glossary_test.ts"];

Deno.test("a name that was replaced does not come back", async () => {
  const listed = await run("git", ["ls-files", "*.ts", "*.sql", "*.md", "*.json", "*.txt"], {
    cwd: repository,
  });
  const files = listed.trim().split("\n").filter((file) => !SPEAK_OF_BEFORE.includes(file));
  const names = new RegExp(`\\b(?:${Object.keys(RETIRED).join("|")})\\b`, "g");
  const found = await Promise.all(files.map(async (file) => {
    const text = await Deno.readTextFile(join(repository, file));
    return [...new Set(text.match(names) ?? [])].map((name) =>
      `${file} says ${name}; it is ${RETIRED[name]} now, see docs/glossary.md`
    );
  }));
  assert.deepEqual(found.flat(), []);
});
