import type { JSX } from "preact";
import { ago, timeOfDay } from "../shell/amounts.ts";
import type { Act } from "./operate_view.tsx";
import type { OperatorBody } from "./operator_api.ts";

type Lane = OperatorBody["lanes"][number];

interface LanesTableProps {
  readonly lanes: readonly Lane[];
  readonly act: Act;
}

/** Each provider's lane: its circuit breaker, what waits and what runs. */
export function LanesTable({ lanes, act }: LanesTableProps): JSX.Element {
  return (
    <section class="card stack" aria-labelledby="lanes">
      <h2 id="lanes">Lanes</h2>
      <div class="scrolled" tabIndex={0} role="region" aria-label="Table of lanes">
        <table class="lanes">
          <thead>
            <tr>
              <th scope="col">Provider</th>
              <th scope="col">State</th>
              <th scope="col">Waiting</th>
              <th scope="col">In flight</th>
              <th scope="col">Last failure</th>
              <th scope="col">
                <span class="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {lanes.map((lane) => <LaneRow key={lane.provider} lane={lane} act={act} />)}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function LaneRow({ lane, act }: { readonly lane: Lane; readonly act: Act }): JSX.Element {
  const { provider, state, waiting, in_flight, max_in_flight, failure } = lane;
  return (
    <tr>
      <th scope="row">{provider}</th>
      <td>
        <span class={`state ${state}`}>{stateWords(lane)}</span>
      </td>
      <td data-label="Waiting">{waiting}</td>
      <td class="in-flight" data-label="In flight">
        <meter
          min={0}
          max={Math.max(1, max_in_flight)}
          value={in_flight}
          aria-label={`${provider} in flight`}
        />{" "}
        {in_flight} of {max_in_flight}
      </td>
      <td class="failure">
        {failure && (
          <>
            {failure.code} <small class="muted">{ago(failure.at, Date.now())}</small>
            {failure.message && <p class="hint">{failure.message}</p>}
          </>
        )}
      </td>
      <td>
        {state === "open"
          ? (
            <button
              type="button"
              aria-label={`Pause ${provider}`}
              onClick={() => act({ action: "pause_lane", provider })}
            >
              Pause
            </button>
          )
          : (
            <button
              type="button"
              aria-label={`Resume ${provider}`}
              onClick={() => act({ action: "resume_lane", provider })}
            >
              Resume
            </button>
          )}
      </td>
    </tr>
  );
}

function stateWords({ state, paused_until, paused_until_resumed, busy_until }: Lane): string {
  switch (state) {
    case "open":
      return "Open";
    case "half_open":
      return "Trying one at a time";
    case "busy":
      return busy_until ? `Asked too often, until ${timeOfDay(busy_until)}` : "Asked too often";
    case "paused":
      if (paused_until_resumed || !paused_until) return "Paused until somebody resumes it";
      return `Paused until ${timeOfDay(paused_until)}`;
  }
}
