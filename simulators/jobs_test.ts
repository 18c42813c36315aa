import assert from "node:assert/strict";
import { endOf, type Job, type JobPlan, Jobs, type JobState, observePlan } from "./jobs.ts";

const plan: JobPlan<string> = { durationMs: 10_000, ending: "done" };

Deno.test("a plan is queued, runs with growing progress, and ends", async (t) => {
  const ended = { phase: "ended", ending: "done" } as const;
  const cases: Readonly<
    Record<string, readonly [JobPlan<string>, elapsedMs: number, JobState<string>]>
  > = {
    "just submitted": [plan, 0, { phase: "queued" }],
    "its turn has come": [plan, 1_000, { phase: "running", progress: 0 }],
    "half of the work is done": [plan, 5_500, { phase: "running", progress: 0.5 }],
    "a moment before the end": [plan, 9_991, { phase: "running", progress: 0.999 }],
    "at its end": [plan, 10_000, ended],
    "long after": [plan, 1e12, ended],
    "without any duration": [{ ...plan, durationMs: 0 }, 0, ended],
    "queued all the time": [{ ...plan, queueShare: 1 }, 9_999, { phase: "queued" }],
    "queued all the time, at its end": [{ ...plan, queueShare: 1 }, 10_000, ended],
    "held up before its turn": [{ ...plan, stopsAt: 0 }, 1e12, { phase: "queued" }],
    "not yet held up": [{ ...plan, stopsAt: 0.9 }, 5_500, { phase: "running", progress: 0.5 }],
    "held up": [{ ...plan, stopsAt: 0.9 }, 1e12, { phase: "running", progress: 0.9 }],
    "held up without any duration": [
      { ...plan, durationMs: 0, stopsAt: 0.9 },
      0,
      { phase: "running", progress: 0.9 },
    ],
  };
  for (const [name, [given, elapsedMs, expected]] of Object.entries(cases)) {
    await t.step(name, () => {
      const state = observePlan(given, elapsedMs);
      const rounded = state.phase === "running"
        ? { ...state, progress: Math.round(state.progress * 1e6) / 1e6 }
        : state;
      assert.deepEqual(rounded, expected);
    });
  }
});

const job: Omit<Job<string, string>, "submittedAt"> = {
  id: "1",
  owner: "ada",
  pool: "models",
  plan,
  order: "a castle",
};

Deno.test("a job ends when its plan says so", () => {
  let now = 1_000;
  const jobs = new Jobs<string, string>(() => new Date(now));
  const added = jobs.add(job);
  assert.equal(endOf(added).getTime(), 11_000);
  now = 10_999;
  assert.equal(jobs.observe(added).phase, "running");
  now = 11_000;
  assert.equal(jobs.observe(added).phase, "ended");
});

Deno.test("a job is its owner's alone", () => {
  const jobs = new Jobs<string, string>(() => new Date(0));
  const added = jobs.add(job);
  const other = jobs.add({ ...job, id: "2" });
  assert.equal(jobs.find("ada", "1"), added);
  assert.equal(jobs.find("bob", "1"), undefined);
  assert.equal(jobs.find("ada", "3"), undefined);
  assert.deepEqual(jobs.listOf("ada"), [added, other]);
  assert.deepEqual(jobs.listOf("bob"), []);
});

Deno.test("a job takes up a place until it ends, and at most for ten minutes", () => {
  let now = 0;
  const jobs = new Jobs<string, string>(() => new Date(now));
  const counts = (): number[] => [
    jobs.countActive("ada", ["models"]),
    jobs.countActive("ada", ["textures"]),
    jobs.countActive("ada", ["models", "textures"]),
    jobs.countActive("bob", ["models"]),
  ];
  jobs.add(job);
  jobs.add({ ...job, id: "2", plan: { ...plan, stopsAt: 0 } });
  jobs.add({ ...job, id: "3", pool: "textures" });
  assert.deepEqual(counts(), [2, 1, 3, 0]);
  now = 10_000;
  assert.deepEqual(counts(), [1, 0, 1, 0]);
  now = 599_999;
  assert.deepEqual(counts(), [1, 0, 1, 0]);
  now = 600_000;
  assert.deepEqual(counts(), [0, 0, 0, 0]);
});
