import type { JSX } from "preact";
import { useBackend } from "../connection/backend_context.ts";
import { type Route, type View, viewAddress } from "./route.ts";
import { ThemeButton } from "./theme_button.tsx";

const NAMES: Readonly<Record<View, string>> = {
  "create": "Create",
  "compare": "Compare",
  "gallery": "Gallery",
  "break-it": "Break it",
  "operate": "Operate",
};

interface HeaderProps {
  readonly route: Route;
  readonly onSignOut: () => void;
}

/** Where one can go, and who one is. */
export function Header({ route, onSignOut }: HeaderProps): JSX.Element {
  const { settings, email } = useBackend();
  const views: readonly View[] = settings.is_local
    ? ["create", "compare", "gallery", "break-it", "operate"]
    : ["create", "compare", "gallery", "operate"];
  return (
    <header class="header">
      <a class="brand" href="#/create">
        <img src="icon.svg" alt="" width="24" height="24" />
        <span>MakeIt3D</span>
      </a>
      <nav aria-label="Views">
        {views.map((view) => (
          <a
            key={view}
            href={viewAddress(view)}
            {...(view === route.view && { "aria-current": "page" as const })}
          >
            {NAMES[view]}
          </a>
        ))}
      </nav>
      <div class="session">
        <span class="email muted" title={settings.url}>{email}</span>
        <ThemeButton />
        {!settings.user && (
          <button type="button" class="quiet" onClick={onSignOut}>
            Sign out
          </button>
        )}
      </div>
    </header>
  );
}
