import type { JSX } from "preact";
import { useBackend } from "./backend_context.ts";
import { useReachable } from "./use_reachable.ts";

/** Says that nothing answers, for as long as it does not. Its place is always there, so that it is read out. */
export function OutageBanner(): JSX.Element {
  const { settings } = useBackend();
  const isReachable = useReachable();
  return (
    <div role="status" class="outage">
      {!isReachable && (
        <p>
          <strong>{settings.url} does not answer.</strong>{" "}
          Trying again by itself; what you have submitted is not lost.
          {settings.is_local && (
            <>
              {" "}Is <code>deno task dev</code> running?
            </>
          )}
        </p>
      )}
    </div>
  );
}
