import type { JSX } from "preact";
import { BackendContext } from "../connection/backend_context.ts";
import { ConnectPage } from "../connection/connect_page.tsx";
import { useConnection } from "../connection/use_connection.ts";
import { Header } from "./header.tsx";
import { useRoute } from "./route.ts";
import { ViewOf } from "./view.tsx";

export function App(): JSX.Element {
  const { connection, reconnect } = useConnection();
  const route = useRoute();
  if (connection.state === "connecting") {
    return (
      <main class="connect" aria-busy="true">
        <p class="muted">Connecting…</p>
      </main>
    );
  }
  if (connection.state === "signed out") {
    const { settings, reason } = connection;
    return <ConnectPage settings={settings} reason={reason} onConnect={reconnect} />;
  }
  return (
    <BackendContext.Provider value={connection.backend}>
      <a class="skip" href="#main" onClick={focusMain}>Skip to the content</a>
      <Header route={route} />
      <main id="main" class="page" tabIndex={-1}>
        <ViewOf route={route} />
      </main>
    </BackendContext.Provider>
  );
}

/** The address names the view, so a jump within the page must not change it. */
function focusMain(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>("#main")?.focus();
}
