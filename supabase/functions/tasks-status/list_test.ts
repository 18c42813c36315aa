import assert from "node:assert/strict";
import { taskListBody } from "../../../shared/contract/responses.ts";
import type { TaskListQuery, TaskPlace, TaskView } from "../../../shared/tasks/task.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { ask, type Changes, ID, OWNER, pending } from "./testing.ts";

const OTHER = "22222222-2222-4222-8222-222222222222";
const place: TaskPlace = { createdMicroseconds: 1_764_407_400_123_456, id: OTHER };

interface Asked {
  readonly query: TaskListQuery;
  readonly userId: string;
  readonly withCost: boolean | undefined;
}

/** Asks for a part of the list, and tells what the database was asked for. */
async function askFor(
  query: string,
  tasks: readonly TaskView[] = [],
  next?: TaskPlace,
  more: Changes = {},
) {
  const asked: Asked[] = [];
  const changes: Changes = {
    list: (query, userId, withCost) => {
      asked.push({ query, userId, withCost });
      return Promise.resolve({ tasks, next });
    },
    ...more,
  };
  const response = await ask(`/tasks${query}`, pending, changes);
  return { status: response.status, body: await response.json(), asked };
}

Deno.test("a user's tasks are told as their status is, and where the next part begins", async () => {
  const complete: TaskView = {
    ...pending,
    id: OTHER,
    status: "complete",
    version: 3,
    finishedAt: new Date("2026-11-23T12:00:09Z"),
    assetUrls: ["https://files.example/0.png", "https://files.example/1.png"],
  };
  const { status, body, asked } = await askFor("", [pending, complete], place);
  assert.equal(status, 200);
  taskListBody.strict().parse(body);
  const alone = [
    await (await ask(`/tasks/${ID}/status`, pending)).json(),
    await (await ask(`/tasks/${OTHER}/status`, complete)).json(),
  ];
  assert.deepEqual(body, { tasks: alone, next_cursor: writeCursor(place) });
  assert.deepEqual(asked, [{
    query: { operation: undefined, status: undefined, limit: 20, before: undefined },
    userId: OWNER,
    withCost: false,
  }]);
});

Deno.test("the last part says so", async () => {
  const { body } = await askFor("", [pending]);
  assert.equal(body.next_cursor, null);
  assert.deepEqual((await askFor("")).body, { tasks: [], next_cursor: null });
});

Deno.test("what is asked for is handed on", async () => {
  const cursor = writeCursor(place);
  const { asked } = await askFor(
    `?operation=text-to-model&status=failed&limit=100&cursor=${cursor}&user_id=${OTHER}`,
    [],
    undefined,
    { seesCosts: true },
  );
  const query = { operation: "text-to-model", status: "failed", limit: 100, before: place };
  assert.deepEqual(asked, [{ query, userId: OWNER, withCost: true }]);
  const empty = await askFor("?operation=&status=&limit=&cursor=");
  assert.equal(empty.status, 200);
  assert.equal(empty.asked[0]?.query.limit, 20, "What is empty is left out");
});

Deno.test("what makes no sense is refused, with what would", async (t) => {
  const cases: readonly (readonly [query: string, words: RegExp])[] = [
    ["status=done", /^status: Must be one of pending, processing, complete, failed, canceled$/],
    ["operation=text-to-video", /^operation: Must be one of image-to-image, .*refine-model$/],
    ["limit=0", /^limit: Must be a whole number from 1 to 100$/],
    ["limit=101", /^limit: /],
    ["limit=1e1", /^limit: /],
    ["limit=2&limit=2", /^limit: Must be there once$/],
    [`cursor=${ID}`, /^cursor: Is none; send next_cursor as it was told, or none to begin anew$/],
    [`cursor=${writeCursor(place).slice(1)}`, /^cursor: /],
  ];
  for (const [query, words] of cases) {
    await t.step(query, async () => {
      const { status, body, asked } = await askFor(`?${query}`);
      assert.deepEqual([status, body.error, asked.length], [400, "invalid_request", 0]);
      assert.match(body.message, words);
      assert.equal(body.details[0].field, query.split("=")[0]);
    });
  }
});

Deno.test("results of all tasks are signed in one call, and each task gets its own", async () => {
  const asked: (readonly string[])[] = [];
  const tasks = [2, 0, 1].map((count, number): TaskView => ({
    ...pending,
    assetUrls: Array.from(
      { length: count },
      (_, index) => `https://files.example/${number}-${index}`,
    ),
  }));
  const forCaller: Changes["forCaller"] = (stored) => {
    asked.push(stored);
    return Promise.resolve(stored.map((url) => `${url}?token=x`));
  };
  const { body } = await askFor("", tasks, undefined, { forCaller });
  assert.equal(asked.length, 1);
  assert.deepEqual(
    taskListBody.parse(body).tasks.map(({ asset_urls = [] }) => asset_urls),
    [
      ["https://files.example/0-0?token=x", "https://files.example/0-1?token=x"],
      [],
      ["https://files.example/2-0?token=x"],
    ],
  );
});

Deno.test("a cursor is what it was written for, to the microsecond, and goes into an address as it is", () => {
  for (const createdMicroseconds of [0, 1, place.createdMicroseconds, Number.MAX_SAFE_INTEGER]) {
    const cursor = writeCursor({ ...place, createdMicroseconds });
    assert.equal(encodeURIComponent(cursor), cursor);
    assert.deepEqual(readCursor(cursor), { ...place, createdMicroseconds });
  }
});
