import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Backend } from "../connection/backend.ts";
import { BackendContext } from "../connection/backend_context.ts";
import { ConnectPage } from "../connection/connect_page.tsx";
import { OutageBanner } from "../connection/outage_banner.tsx";
import { useConnection } from "../connection/use_connection.ts";
import { Header } from "./header.tsx";
import { useRoute } from "./route.ts";
import { ViewOf } from "./view.tsx";

/** Why somebody who was signed in is asked to sign in. */
const SESSION_ENDED =
  "Your session has ended: you were signed out elsewhere, or the user is no more. Sign in again to go " +
  "on; what you had typed is still there.";

export function App(): JSX.Element {
  const { connection, reconnect, signOut } = useConnection();
  const hasEnded = connection.state === "connected" && connection.hasEnded;
  useEffect(() => {
    if (hasEnded) closeDialogs();
  }, [hasEnded]);
  switch (connection.state) {
    case "connecting":
      return <Waiting words="Connecting…" />;
    case "unreachable":
      return <Waiting words={`${connection.settings.url} does not answer. Trying again…`} />;
    case "signed out": {
      const { settings, reason } = connection;
      return <ConnectPage settings={settings} reason={reason} onConnect={reconnect} />;
    }
    case "connected": {
      const { backend } = connection;
      const { settings, userId } = backend;
      return (
        <>
          {hasEnded && (
            <ConnectPage settings={settings} reason={SESSION_ENDED} onConnect={reconnect} />
          )}
          {/* Of another user nothing is kept. */}
          <div key={userId} hidden={hasEnded}>
            <Views backend={backend} onSignOut={signOut} />
          </div>
        </>
      );
    }
  }
}

interface ViewsProps {
  readonly backend: Backend;
  readonly onSignOut: () => void;
}

function Views({ backend, onSignOut }: ViewsProps): JSX.Element {
  const route = useRoute();
  const shown = useRef(route);
  useEffect(() => {
    if (shown.current === route) return;
    shown.current = route;
    // The link that led here may be gone, and the focus with it.
    if (document.activeElement === document.body) focusMain();
  }, [route]);
  return (
    <BackendContext.Provider value={backend}>
      <a class="skip" href="#main" onClick={focusMain}>Skip to the content</a>
      <Header route={route} onSignOut={onSignOut} />
      <OutageBanner />
      <main id="main" class="page" tabIndex={-1}>
        <ViewOf route={route} />
      </main>
    </BackendContext.Provider>
  );
}

function Waiting({ words }: { readonly words: string }): JSX.Element {
  return (
    <main class="connect" aria-busy="true">
      <p class="muted" role="status">{words}</p>
    </main>
  );
}

/** A dialog that is open keeps all else from being used, also one that is hidden. */
function closeDialogs(): void {
  for (const dialog of document.querySelectorAll<HTMLDialogElement>("dialog[open]")) dialog.close();
}

/** The address names the view, so a jump within the page must not change it. */
function focusMain(event?: Event): void {
  event?.preventDefault();
  document.querySelector<HTMLElement>("#main")?.focus({ preventScroll: event === undefined });
}
