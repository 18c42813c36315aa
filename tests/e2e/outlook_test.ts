import assert from "node:assert/strict";
import { type AvailabilityBody, availabilityBody } from "../../shared/contract/responses.ts";
import { followToEnd, headersOf, readStatus, submitTo } from "../support/client.ts";
import { withLane } from "../support/lanes.ts";
import { type NewUser, newUser } from "../support/new_user.ts";
import { stack, withDatabase } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";

const PAUSE_SECONDS = 300;

async function submit(user: NewUser, fields: Record<string, unknown> = {}): Promise<string> {
  const body = { provider: "recraft", prompt: "A cube", ...fields };
  return (await submitTo(user, "text-to-image", body)).celery_task_id;
}

async function whilePaused(work: () => Promise<void>): Promise<void> {
  const paused_until = new Date(Date.now() + 1_000 * PAUSE_SECONDS);
  await withLane("recraft", { paused_until }, work);
}

async function pauseForGood(): Promise<void> {
  await withDatabase((sql) =>
    sql`update private.lanes set paused_until = 'infinity' where provider = 'recraft'`
  );
}

async function readAvailability(
  { token }: NewUser,
  provider: string,
): Promise<AvailabilityBody["operations"]> {
  const response = await fetch(`${stack.functionsUrl}/generation/availability`, {
    headers: headersOf(token),
  });
  assert.equal(response.status, 200);
  const { operations } = availabilityBody.strict().parse(await response.json());
  return operations.filter((one) => one.provider === provider);
}

Deno.test("who waits is told the place and the time, and everybody their own", async () => {
  const [ann, bob] = await Promise.all([newUser(), newUser()]);
  const ids = { ann: ["", ""], bob: "" };
  await whilePaused(async () => {
    ids.ann = [await submit(ann), await submit(ann)];
    ids.bob = await submit(bob);
    // The line before this test is remembered for a second.
    const told = await waitUntil("each at its place", async () => {
      const told = await Promise.all([
        ...ids.ann.map((id) => readStatus(ann, id)),
        readStatus(bob, ids.bob),
      ]);
      const [first = 0, second, bobs] = told.map(({ queue_position }) => Number(queue_position));
      // Bob's one comes between hers.
      return second === first + 2 && bobs === first + 1 && told;
    });
    const first = Number(told[0]?.queue_position);
    for (const { eta } of told) {
      assert.ok(eta && eta.seconds > 0.9 * PAUSE_SECONDS && eta.seconds_max >= eta.seconds);
    }
    await pauseForGood();
    await waitUntil("no time to be told", async () => {
      const { status, queue_position, eta } = await readStatus(bob, ids.bob);
      return status === "pending" && queue_position === first + 1 && eta === undefined;
    });
  });
  await Promise.all([followToEnd(bob, ids.bob), ...ids.ann.map((id) => followToEnd(ann, id))]);
});

Deno.test("what runs has at least a second left, and what has ended nothing", async () => {
  const user = await newUser();
  // For a second it is remembered that the lane of the test before was paused for good.
  const body = { provider: "tripo", prompt: "A cube" };
  const { celery_task_id: id } = await submitTo(user, "text-to-model", body);
  const seen = new Set<string>();
  await waitUntil("the end of the task", async () => {
    const { status, eta, queue_position } = await readStatus(user, id);
    seen.add(status);
    const isOver = status === "complete";
    assert.equal(queue_position !== undefined, status === "pending");
    assert.equal(eta === undefined, isOver);
    assert.ok(isOver || (eta && eta.seconds >= 1 && eta.seconds_max >= eta.seconds));
    return isOver;
  });
  assert.ok(seen.has("processing"));
});

Deno.test("ten runs of a model are its history", async () => {
  const user = await newUser();
  const model = "recraftv4_1_utility";
  const ids = await Promise.all(Array.from({ length: 10 }, () => submit(user, { model })));
  // Whoever asks for the status has the runs remembered that there were then.
  await withDatabase((sql) =>
    waitUntil("the ends of the tasks", async () => {
      const rows = await sql`
        select from public.tasks where id = any (${ids}::uuid[]) and status = 'complete'
      `;
      return rows.length === ids.length;
    }, 60)
  );
  await whilePaused(async () => {
    const id = await submit(user, { model });
    assert.equal((await readStatus(user, id)).eta?.based_on, "history");
    const other = await submit(user, { model: "recraftv4_1_utility_pro" });
    assert.equal((await readStatus(user, other)).eta?.based_on, "typical");
  });
});

Deno.test("an app is told what is closed, and when it opens again", async () => {
  const user = await newUser();
  const waitFor = async (availability: string): Promise<AvailabilityBody["operations"]> =>
    await waitUntil(`recraft to be ${availability}`, async () => {
      const told = await readAvailability(user, "recraft");
      return told.every((one) => one.availability === availability) && told;
    });
  assert.equal((await waitFor("open")).length, 4);
  await whilePaused(async () => {
    for (const { expected_start_seconds: start } of await waitFor("closed")) {
      assert.ok(start !== undefined && start > 0.9 * PAUSE_SECONDS && start <= PAUSE_SECONDS);
    }
    assert.ok((await readAvailability(user, "tripo")).every((one) => one.availability === "open"));
    await pauseForGood();
    await waitUntil(
      "no start to be told",
      async () =>
        (await readAvailability(user, "recraft")).every((one) =>
          one.availability === "closed" && !("expected_start_seconds" in one)
        ),
    );
  });
  await waitFor("open");
});
