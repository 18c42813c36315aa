import assert from "node:assert/strict";
import { print } from "../../tools/command_line.ts";
import { testPorts } from "../support/test_ports.ts";
import { startFaultStack } from "./fault_stack.ts";
import type { Point } from "./gate.ts";
import { KillSweep, type Result } from "./kill_sweep.ts";
import { complete, type Ending, type Scenario, scenarios } from "./scenarios.ts";
import { tableOf } from "./table.ts";

const rows: string[][] = [];

Deno.test("a worker killed at any await loses no task, and buys nothing more than allowed", async (t) => {
  const stack = await startFaultStack({ port: testPorts.killSweep, latencyMs: 0 });
  try {
    const sweep = await KillSweep.start(stack);
    try {
      const places: Place[][] = [];
      await t.step("undisturbed", async () => {
        for (const scenario of scenarios) places.push(await findPlaces(sweep, scenario));
      });
      await t.step("killed everywhere", () => killAtEach(sweep, inTurns(places)));
    } finally {
      await sweep.stop();
    }
  } finally {
    await stack.stop();
    await showTable(`${stack.folder}/kill_sweep.md`);
  }
});

/** In the order of the scenarios; also into a file, because whoever runs all tests is not shown it. */
async function showTable(file: string): Promise<void> {
  const head = ["killed at", "final state", "bought", "ledger", "seconds"];
  const sorted = scenarios.flatMap(({ name }) =>
    rows.filter(([place]) => place?.startsWith(`${name}:`))
  );
  const table = tableOf(head, sorted);
  print(table);
  await Deno.writeTextFile(file, `${table}\n`);
}

/** A point of a scenario. */
interface Place {
  readonly scenario: Scenario;
  readonly point: Point;
}

/** Everything that a worker does for such a task, or what was chosen of it. */
async function findPlaces(sweep: KillSweep, scenario: Scenario): Promise<Place[]> {
  if (scenario.only) return aroundEach(scenario.only).map((point) => ({ scenario, point }));
  const { points, ...result } = await sweep.enumerate(scenario);
  check(scenario, "nowhere", result, complete(1, "succeeded"));
  return points.map((point) => ({ scenario, point }));
}

function aroundEach(places: readonly Omit<Point, "phase">[]): readonly Point[] {
  const phases = ["before", "after"] as const;
  return places.flatMap((place) => phases.map((phase) => ({ ...place, phase })));
}

/** The lists in turns: a provider of which too much is asked in a second says so. */
function inTurns(lists: readonly (readonly Place[])[]): Place[] {
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) => lists.flatMap((list) => list[index] ?? []))
    .flat();
}

async function killAtEach(sweep: KillSweep, places: readonly Place[]): Promise<void> {
  const failures: unknown[] = [];
  for (const { scenario, point } of places) {
    try {
      const result = await sweep.kill(scenario, point);
      check(scenario, nameOf(point), result, expectedAt(scenario, result));
    } catch (error) {
      failures.push(error);
    }
  }
  // All points, not only those up to the first that is wrong.
  if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join("\n"));
}

function expectedAt(scenario: Scenario, { seen }: Result): Ending {
  return scenario.expect((name, phase, occurrence = 1) =>
    seen.some((point) =>
      point.name === name && point.phase === phase && point.occurrence === occurrence
    )
  );
}

function check(scenario: Scenario, place: string, result: Result, expected: Ending): void {
  const { ending, facts, seconds } = result;
  const state = [ending.status, ending.errorCode].filter((word) => word !== null).join(": ");
  const name = `${scenario.name}: ${place}`;
  const bought = String(ending.purchases);
  rows.push([name, state, bought, ending.calls.join(", "), seconds.toFixed(1)]);
  const files = ending.status === "complete" ? 1 : 0;
  assert.deepEqual(
    { ending, assets: facts.assets, files: facts.files.length, messages: facts.messages },
    { ending: expected, assets: [ending.status], files, messages: 0 },
    name,
  );
  assert.equal(facts.assetUrls.length, files, name);
}

function nameOf({ name, occurrence, phase }: Point): string {
  return `${phase} ${name}${occurrence > 1 ? ` (${occurrence})` : ""}`;
}
