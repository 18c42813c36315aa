import assert from "node:assert/strict";
import type { TaskView } from "../../../shared/tasks/task.ts";
import type { VersionWatch, WaitEnd } from "../../../shared/tasks/version_watch.ts";
import { ask, type Changes, ID, pending } from "./testing.ts";

const processing: TaskView = { ...pending, status: "processing", version: 2 };
const complete: TaskView = {
  ...pending,
  status: "complete",
  version: 3,
  finishedAt: new Date("2026-11-23T12:00:09Z"),
  assetUrls: ["https://files.example/0.png"],
};

interface Asked {
  readonly status: number;
  readonly version: string | null;
  readonly body: string;
  readonly applied: string | null;
  /** Milliseconds of each wait, in order. */
  readonly waits: readonly number[];
  readonly reads: number;
}

/**
 * Asks for a task that is in these states one after the other, each for a second; a change of it is seen
 * at once. The last stays.
 */
async function askFor(
  states: readonly (TaskView | undefined)[],
  query = "",
  headers: Record<string, string> = {},
  end?: WaitEnd,
): Promise<Asked> {
  const waits: number[] = [];
  let [time, reads] = [0, 0];
  const current = (): TaskView | undefined => states[Math.min(time / 1_000, states.length - 1)];
  const wait: VersionWatch["wait"] = (shown, milliseconds) => {
    waits.push(milliseconds);
    if (end) return Promise.resolve(end);
    const until = time + milliseconds;
    while (time < until && current()?.version === shown.version) time += 1_000;
    return Promise.resolve(current()?.version === shown.version ? "over" : "changed");
  };
  const changes: Changes = {
    read: () => {
      reads++;
      return Promise.resolve(current());
    },
    watch: { wait },
    now: () => time,
  };
  const response = await ask(`/tasks/${ID}/status${query}`, pending, changes, { headers });
  return {
    status: response.status,
    version: response.headers.get("etag"),
    body: await response.text(),
    applied: response.headers.get("preference-applied"),
    waits,
    reads,
  };
}

function shown({ body }: Asked): string {
  return JSON.parse(body).status;
}

Deno.test("who does not want to wait is answered at once, with the version", async () => {
  for (const path of [`/tasks/${ID}/status`, `/tasks-status/${ID}`]) {
    const response = await ask(path, processing);
    assert.deepEqual([response.status, response.headers.get("etag")], [200, '"2"']);
    assert.equal((await response.json()).version, 2);
  }
  const { waits, reads, applied } = await askFor([processing]);
  assert.deepEqual([waits, reads, applied], [[], 1, null]);
});

Deno.test("what the app has already is not told again", async (t) => {
  const known = ['"2"', 'W/"2"', "2", '"1", "2"', '"1",W/"2"', ' "2" ', '"x,y", "2"', "*"];
  for (const tags of known) {
    await t.step(tags, async () => {
      const asked = await askFor([processing], "", { "If-None-Match": tags });
      assert.deepEqual([asked.status, asked.version, asked.body], [304, '"2"', ""]);
    });
  }
  for (const tags of ['"1"', 'W/"3"', '"2x"', '"2', '2"', "w/2", '"-2"', "''", '"1", "3"', ""]) {
    await t.step(`not ${tags}`, async () => {
      const asked = await askFor([processing], "", { "If-None-Match": tags });
      assert.deepEqual([asked.status, asked.version, shown(asked)], [200, '"2"', "processing"]);
    });
  }
});

Deno.test("an answer waits for another version than the app has", async () => {
  const asked = await askFor([processing, processing, complete], "?wait=25", {
    "If-None-Match": '"2"',
  });
  assert.deepEqual([asked.status, asked.version, shown(asked)], [200, '"3"', "complete"]);
  assert.deepEqual([asked.waits, asked.reads], [[25_000], 2]);
  const old = await askFor([processing], "?wait=25", { "If-None-Match": '"1"' });
  assert.deepEqual([old.status, old.version, old.waits], [200, '"2"', []], "It is there already");
});

Deno.test("after the wait it is a 304, which costs no other read", async () => {
  const asked = await askFor([processing], "?wait=3", { "If-None-Match": '"2"' });
  assert.deepEqual([asked.status, asked.version, asked.body], [304, '"2"', ""]);
  assert.deepEqual([asked.waits, asked.reads], [[3_000], 1]);
});

Deno.test("without the header it waits for another version than at first, and tells what there is", async () => {
  const changed = await askFor([pending, processing], "?wait=25");
  assert.deepEqual([changed.status, shown(changed)], [200, "processing"]);
  const same = await askFor([processing], "?wait=5");
  assert.deepEqual([same.status, shown(same), same.waits], [200, "processing", [5_000]]);
  assert.equal(same.reads, 2, "as fresh as it can be");
  const ended = await askFor([complete], "?wait=25");
  assert.deepEqual([ended.status, shown(ended), ended.waits], [200, "complete", []]);
});

Deno.test("of a task that has ended, who names its version waits for what may yet become of it", async () => {
  const reported: TaskView = { ...complete, version: 4, assetUrls: [], reportedAt: new Date(0) };
  const asked = await askFor([complete, reported], "?wait=25", { "If-None-Match": '"3"' });
  assert.deepEqual([asked.status, asked.version], [200, '"4"']);
  assert.equal(JSON.parse(asked.body).reported, true);
});

Deno.test("whoever knows every version waits for none", async () => {
  const asked = await askFor([processing], "?wait=25", { "If-None-Match": "*" });
  assert.deepEqual([asked.status, asked.waits], [304, []]);
});

Deno.test("a version that the app knows as well is waited through", async () => {
  const asked = await askFor([pending, processing, complete], "?wait=25", {
    "If-None-Match": '"1", "2"',
  });
  assert.deepEqual([asked.version, asked.waits], ['"3"', [25_000, 24_000]]);
});

Deno.test("a task that is gone meanwhile is a 404", async () => {
  const { status, body } = await askFor([processing, undefined], "?wait=25");
  assert.deepEqual([status, JSON.parse(body).message], [404, "No such task"]);
});

Deno.test("who is gone is looked for no more, and a function that ends tells what it has", async () => {
  const known = await askFor([processing], "?wait=25", { "If-None-Match": '"2"' }, "cut");
  assert.deepEqual([known.status, known.reads], [304, 1]);
  const first = await askFor([processing], "?wait=25", {}, "cut");
  assert.deepEqual([first.status, shown(first), first.reads], [200, "processing", 1]);
});

Deno.test("a wait is a whole number of seconds up to 25", async (t) => {
  for (
    const [value, milliseconds] of [["0", undefined], ["1", 1_000], ["025", undefined]] as const
  ) {
    await t.step(value, async () => {
      const { status, waits } = await askFor([processing], `?wait=${value}`);
      assert.deepEqual([status, waits[0]], [value === "025" ? 400 : 200, milliseconds]);
    });
  }
  for (const value of ["", "26", "-1", "1.5", "1e1", "x", "%205", "5&wait=5", "100"]) {
    await t.step(`not ${value}`, async () => {
      const { status, body, reads } = await askFor([processing], `?wait=${value}`);
      const { error, message, details } = JSON.parse(body);
      assert.deepEqual([status, error, details[0].field], [400, "invalid_request", "wait"]);
      assert.match(message, /^wait: Must be (a whole number of seconds from 0 to 25|there once)$/);
      assert.equal(reads, 0);
    });
  }
});

Deno.test("a preference is heard as far as it makes sense, and the answer says so", async (t) => {
  const cases: readonly (readonly [string, number | undefined])[] = [
    ["wait=10", 10],
    ["WAIT=10", 10],
    ['wait="10"', 10],
    ["respond-async, wait=10", 10],
    ["wait = 10; foo=bar", 10],
    ["wait=10, wait=20", 10],
    ["wait=26", 25],
    ["wait=999999999", 25],
    ["wait=0", 0],
    ["wait", undefined],
    ["wait=-1", undefined],
    ["wait=1.5", undefined],
    ["wait=soon", undefined],
    ["waiting=10", undefined],
    ['handling="a,wait=10"', undefined],
    ["", undefined],
  ];
  for (const [value, seconds] of cases) {
    await t.step(value, async () => {
      const asked = await askFor([processing], "", { Prefer: value });
      assert.equal(asked.status, 200);
      assert.equal(asked.applied, seconds === undefined ? null : `wait=${seconds}`);
      assert.deepEqual(asked.waits, seconds ? [seconds * 1_000] : []);
    });
  }
  await t.step("the parameter wins", async () => {
    const asked = await askFor([processing], "?wait=2", { Prefer: "wait=10" });
    assert.deepEqual([asked.applied, asked.waits], [null, [2_000]]);
  });
  await t.step("with a 304, too", async () => {
    const asked = await askFor([processing], "", { Prefer: "wait=1", "If-None-Match": '"2"' });
    assert.deepEqual([asked.status, asked.applied], [304, "wait=1"]);
  });
});

Deno.test("pages of other origins may name a version, and read it", async () => {
  const names = "if-none-match,prefer";
  const preflight = await ask(`/tasks/${ID}/status`, pending, {}, {
    method: "OPTIONS",
    headers: { origin: "https://app.example", "access-control-request-headers": names },
  });
  assert.equal(preflight.headers.get("access-control-allow-headers"), names);
  const read = await ask(`/tasks/${ID}/status`, processing, {}, {
    headers: { origin: "https://app.example", "If-None-Match": '"2"' },
  });
  assert.equal(read.status, 304);
  const exposed = read.headers.get("access-control-expose-headers")?.split(",") ?? [];
  for (const name of ["etag", "preference-applied"]) assert.ok(exposed.includes(name), name);
});
