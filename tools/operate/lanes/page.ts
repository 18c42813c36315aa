import type postgres from "postgres";
import { type LaneView, readLanes, stateOfLane } from "../../../shared/operator/read_lanes.ts";
import { wrap } from "../../commands/wrap.ts";
import { fittedTable } from "../../text_table.ts";

export interface PageSize {
  readonly width: number;
  /** At most so many lines of what a provider has said. */
  readonly wordsLines: number;
}

/** Each lane with what waits and is under way, and why it rests, in the words of its provider. */
export async function lanesPage(
  sql: postgres.Sql,
  size: PageSize,
): Promise<string> {
  const lanes = await readLanes(sql);
  const rows = lanes.map((lane) => ({
    lane: lane.lane,
    waits: lane.ready,
    polled: lane.polls,
    under_way: `${lane.inFlight} of ${lane.maxInFlight}`,
    state: stateOf(lane),
  }));
  const [heading = "", ...lines] = fittedTable(rows, size.width).split("\n");
  if (lines.length !== lanes.length) return [heading, ...lines].join("\n");
  return [heading, ...lines.flatMap((line, index) => [line, ...troubleOf(lanes[index], size)])]
    .join("\n");
}

function stateOf(lane: LaneView): string {
  const { pausedFor, busyFor, pausedUsers, usersPausedFor } = lane;
  switch (stateOfLane(lane)) {
    case "paused":
      if (pausedFor === Infinity) return "starts nothing until it is resumed";
      return `starts nothing for another ${seconds(pausedFor ?? 0)}`;
    case "half_open":
      return "starts one task at a time, to try";
    case "busy":
      return `asked too often: waits another ${seconds(busyFor ?? 0)}`;
    case "open":
  }
  const exceptions = [
    ...(pausedUsers > 0 ? [countOf(pausedUsers, "user")] : []),
    ...(lane.busyPools.length > 0 ? [countOf(lane.busyPools.length, "pool")] : []),
  ];
  if (exceptions.length > 0) {
    const rest = Math.max(usersPausedFor ?? 0, lane.poolsBusyFor ?? 0);
    return `open, but for ${exceptions.join(", ")}: another ${seconds(rest)}`;
  }
  return lane.sentAway > 0 ? `open; ${countOf(lane.sentAway, "task")} sent away` : "open";
}

function countOf(count: number, what: string): string {
  return count === 1 ? `one ${what}` : `${count} ${what}s`;
}

/** Why a lane rests, in the words of its provider. */
function troubleOf(lane: LaneView | undefined, { width, wordsLines }: PageSize): string[] {
  if (!lane) return [];
  const hasFailed = lane.failure !== null && (lane.failures > 0 || lane.pausedUsers > 0);
  const isBusy = lane.sentAway > 0 || lane.busyPools.length > 0 || (lane.busyFor ?? 0) > 0;
  const causes = [
    ...(hasFailed ? [[lane.failure, lane.words]] : []),
    ...(isBusy ? [[["provider_rate_limited", ...lane.busyPools].join(", "), lane.busyWords]] : []),
  ];
  return causes.flatMap(([code, words]) => {
    const text = `${code}${words ? `: ${words.replaceAll(/\s+/g, " ")}` : ""}`;
    const lines = wrap(text, width - 6).map((line) => `    ${line.slice(0, width - 6)}`);
    const shown = lines.slice(0, wordsLines);
    return lines.length > wordsLines ? [...shown.slice(0, -1), `${shown.at(-1)} …`] : shown;
  });
}

function seconds(count: number): string {
  return `${Math.ceil(count)} s`;
}
