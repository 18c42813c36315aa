import { setTimeout } from "node:timers/promises";
import { inTurns } from "../../../bench/client.ts";
import { acceptedBody } from "../../../shared/contract/responses.ts";
import { newTaskId } from "../../support/client.ts";
import { withLane } from "../../support/lanes.ts";
import { withContentLimits, withDefaultPlan } from "../../support/limits.ts";
import { type NewUser, newUser } from "../../support/new_user.ts";
import { type OwnFunctions, withOwnFunctions } from "../../support/own_functions.ts";
import { testPorts } from "../../support/test_ports.ts";
import { CHEAP, type Kind } from "./attackers.ts";
import { HostileProcess } from "./hostile_process.ts";
import { measureWindow, type Pair } from "./windows.ts";

export const HOSTILE_PER_SECOND = 50;
/** Of a quiet window and one under attack each: less than a second, so that both see the same machine. */
const PAIRS = 50;
const WINDOW = { submits: 12, everyMilliseconds: 50 };
/** What one window has left behind is over when the next begins. */
const SETTLE_MILLISECONDS = 300;
/** Each far from its own limits. */
const HONEST_USERS = 60;

export interface Measured {
  readonly pairs: readonly Pair[];
  readonly hostilePerSecond: number;
  /** Of what honest users have submitted, what they have not canceled. */
  readonly honestIds: readonly string[];
}

/** What a deployed project has, where the local stack has no limits. */
const PLAN = { submits_per_minute: 30, active_tasks: 20, usd_per_day: 5, images_per_day: 100 };
const CONTENT_LIMITS = { slow_after: 5, block_after: 15 };
const OVERRIDES = {
  USER_REQUESTS_PER_MINUTE: "1200",
  USER_REFUSALS_PER_MINUTE: "60",
  RECRAFT_API_KEY: "simulated",
  STABILITY_API_KEY: "simulated",
};
/** Enough for the honest and what is accepted of the others: what is measured is the submit. */
const LANE = { max_in_flight: 20 };

/** Submits of honest users, without and beside hostile requests of these kinds. */
export async function measure(kinds: readonly Kind[], pairs = PAIRS): Promise<Measured> {
  const port = testPorts.hostileNeighbours;
  let measured: Measured | undefined;
  const work = async (functions: OwnFunctions): Promise<void> => {
    const target = {
      generationUrl: `http://127.0.0.1:${port}/generation`,
      tasksUrl: `http://127.0.0.1:${port + 1}/tasks-status`,
    };
    const hostile = new HostileProcess({ perSecond: HOSTILE_PER_SECOND, kinds, target });
    try {
      await hostile.ready();
      measured = await compare(hostile, functions, pairs);
    } finally {
      await hostile.end();
    }
  };
  await withLane(
    CHEAP.provider,
    LANE,
    () =>
      withDefaultPlan(
        PLAN,
        () =>
          withContentLimits(CONTENT_LIMITS, () =>
            withOwnFunctions({ port, overrides: OVERRIDES }, work)),
      ),
  );
  if (!measured) throw new Error("Nothing was measured");
  return measured;
}

/** Windows in the order quiet, attacked, attacked, quiet, …: a drift of the machine cancels out. */
async function compare(
  hostile: HostileProcess,
  functions: OwnFunctions,
  pairs: number,
): Promise<Measured> {
  const others = await Promise.all(Array.from({ length: HONEST_USERS - 1 }, () => newUser()));
  const nextUser = inTurns<NewUser>(await newUser(), ...others);
  const honestIds: string[] = [];
  let windows = 0;
  let sent = 0;
  let attackedSeconds = 0;

  /** What is submitted is canceled after the window, but for a few: the provider takes so many a minute. */
  async function quiet(): Promise<readonly number[]> {
    const submitted: { readonly user: NewUser; readonly id: string }[] = [];
    await setTimeout(SETTLE_MILLISECONDS);
    const milliseconds = await measureWindow(async () => {
      const user = nextUser();
      const body = { task_id: newTaskId(), ...CHEAP, prompt: "A red cube" };
      const response = await functions.post(user.token, "text-to-image", body);
      const text = await response.text();
      if (response.status !== 202) throw new Error(`Not accepted: ${text}`);
      submitted.push({ user, id: acceptedBody.parse(JSON.parse(text)).celery_task_id });
    }, WINDOW);
    const kept = windows++ % 4 === 0 ? submitted.pop() : undefined;
    if (kept) honestIds.push(kept.id);
    for (const { user, id } of submitted) await (await functions.cancel(user, id)).body?.cancel();
    return milliseconds;
  }
  async function attacked(): Promise<readonly number[]> {
    const before = await hostile.turn("on");
    const start = performance.now();
    const milliseconds = await quiet();
    attackedSeconds += (performance.now() - start) / 1000;
    sent += await hostile.turn("off") - before;
    return milliseconds;
  }

  // Warms up, and brings the attackers to their limits.
  for (const warmUp of [quiet, attacked, attacked]) await warmUp();
  [sent, attackedSeconds] = [0, 0];
  const measured: Pair[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    if (pair % 2 === 0) measured.push({ quiet: await quiet(), attacked: await attacked() });
    else measured.push({ attacked: await attacked(), quiet: await quiet() });
  }
  return { pairs: measured, hostilePerSecond: sent / attackedSeconds, honestIds };
}
