import { useCallback, useEffect, useState } from "preact/hooks";
import { type Backend, connect } from "./backend.ts";
import type { Reachability } from "./reachability.ts";
import { loadSettings, type Settings } from "./settings.ts";
import { takeUp } from "./take_up.ts";

export type Connection =
  | { readonly state: "connecting" }
  /** The project does not answer, and it is tried again. */
  | {
    readonly state: "unreachable";
    readonly settings: Settings;
    readonly reachability: Reachability;
  }
  /** Settings, a user, or both have to be entered; `reason` is why what there was did not do. */
  | {
    readonly state: "signed out";
    readonly settings: Settings | undefined;
    readonly reason: string | undefined;
  }
  /** `hasEnded`: the session is over, and the views wait for the same user to sign in again. */
  | { readonly state: "connected"; readonly backend: Backend; readonly hasEnded: boolean };

export interface ConnectionControl {
  readonly connection: Connection;
  /** Connects with these settings, or once more with those that there are. */
  readonly reconnect: (settings?: Settings) => void;
  /** Signs the user out: nothing of the views is kept. */
  readonly signOut: () => void;
}

const RETRY_MILLISECONDS = 2000;

/** Connects when the page opens, and is there again when the session has ended. */
export function useConnection(): ConnectionControl {
  const [connection, setConnection] = useState<Connection>({ state: "connecting" });

  const reconnect = useCallback((given?: Settings): void => {
    open(given).then(setConnection);
  }, []);
  useEffect(() => reconnect(), [reconnect]);

  useEffect(() => {
    if (connection.state !== "unreachable") return;
    const { reachability, settings } = connection;
    const retry = (): void => reconnect(settings);
    if (!reachability.isReachable) return reachability.subscribe(retry);
    // Only Auth does not answer.
    const timer = setTimeout(retry, RETRY_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [connection, reconnect]);

  const backend = connection.state === "connected" ? connection.backend : undefined;
  useEffect(() => backend && tend(backend, () => setConnection(ended)), [backend]);

  const signOut = useCallback(() => {
    if (!backend) return;
    const { auth, client, settings } = backend;
    setConnection({ state: "signed out", settings, reason: undefined });
    client.close();
    auth.signOut({ scope: "local" });
  }, [backend]);

  return { connection, reconnect, signOut };
}

/** Takes up what was under way, and hears when the session ends. Returns how to let it go. */
function tend({ auth, client, reachability }: Backend, onEnd: () => void): () => void {
  // Whoever was signed in before has stopped it.
  auth.startAutoRefresh();
  takeUp(client);
  const { data } = auth.onAuthStateChange((event) => {
    if (event !== "SIGNED_OUT") return;
    client.close();
    onEnd();
  });
  // What waits between two tries goes on at once.
  const stop = reachability.subscribe(() => reachability.isReachable && client.wake());
  return () => {
    stop();
    data.subscription.unsubscribe();
    auth.stopAutoRefresh();
    client.close();
  };
}

function ended(connection: Connection): Connection {
  return connection.state === "connected" ? { ...connection, hasEnded: true } : connection;
}

async function open(given: Settings | undefined): Promise<Connection> {
  const settings = given ?? await loadSettings();
  if (!settings) return { state: "signed out", settings, reason: undefined };
  try {
    const connecting = await connect(settings);
    return connecting.state === "connected"
      ? { ...connecting, hasEnded: false }
      : { ...connecting, settings };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { state: "signed out", settings, reason };
  }
}
