import { isOutage, Reachability } from "./reachability.ts";
import type { Settings } from "./settings.ts";

const PAUSE_MILLISECONDS = 2000;
/** What has not answered by then is not there. */
const PROBE_MILLISECONDS = 10_000;

const watched = new Map<string, Reachability>();

/** Watches whether a project answers, for as long as the page is open, however often it connects. */
export function watchBackend({ url }: Settings): Reachability {
  const reachability = watched.get(url) ?? watch(url);
  watched.set(url, reachability);
  return reachability;
}

function watch(url: string): Reachability {
  const health = `${url}/functions/v1/generation/health`;
  const reachability = new Reachability({
    fetch: (...args) => globalThis.fetch(...args),
    probe: async () => {
      try {
        const signal = AbortSignal.timeout(PROBE_MILLISECONDS);
        return !isOutage(await globalThis.fetch(health, { signal }));
      } catch {
        return false;
      }
    },
    pause,
  });
  addEventListener("offline", async () => {
    reachability.doubt();
    // The browser may say so a moment before its requests fail.
    await pause();
    reachability.doubt();
  });
  return reachability;
}

/** Shorter where the browser says that there is a network again. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      removeEventListener("online", end);
      resolve();
    };
    const timer = setTimeout(end, PAUSE_MILLISECONDS);
    addEventListener("online", end);
  });
}
