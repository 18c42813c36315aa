import { useCallback, useEffect, useState } from "preact/hooks";
import { type Backend, connect } from "./backend.ts";
import { loadSettings, type Settings } from "./settings.ts";

export type Connection =
  | { readonly state: "connecting" }
  /** Settings, a user, or both have to be entered; `reason` is why what there was did not do. */
  | {
    readonly state: "signed out";
    readonly settings: Settings | undefined;
    readonly reason: string | undefined;
  }
  | { readonly state: "connected"; readonly backend: Backend };

export interface ConnectionControl {
  readonly connection: Connection;
  /** Connects with these settings, or once more with those that there are. */
  readonly reconnect: (settings?: Settings) => void;
}

/** Connects when the page opens, and is there again when the session has ended. */
export function useConnection(): ConnectionControl {
  const [connection, setConnection] = useState<Connection>({ state: "connecting" });

  const reconnect = useCallback((given?: Settings): void => {
    setConnection({ state: "connecting" });
    open(given).then(setConnection);
  }, []);
  useEffect(() => reconnect(), [reconnect]);

  useEffect(() => {
    if (connection.state !== "connected") return;
    const { auth, client, settings } = connection.backend;
    const { data } = auth.onAuthStateChange((event) => {
      if (event !== "SIGNED_OUT") return;
      client.close();
      setConnection({ state: "signed out", settings, reason: undefined });
    });
    return () => data.subscription.unsubscribe();
  }, [connection]);

  return { connection, reconnect };
}

async function open(given: Settings | undefined): Promise<Connection> {
  const settings = given ?? await loadSettings();
  if (!settings) return { state: "signed out", settings, reason: undefined };
  try {
    const connecting = await connect(settings);
    return connecting.state === "connected" ? connecting : { ...connecting, settings };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { state: "signed out", settings, reason };
  }
}
