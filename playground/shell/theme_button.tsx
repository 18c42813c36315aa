import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

type Theme = "light" | "dark";

const KEPT = "makeit3d-playground:theme";

/** Gives the page its colours before anything is drawn. */
export function applyTheme(): void {
  document.documentElement.dataset["theme"] = initialTheme();
}

/** Turns light to dark and back. Until then the page is as the system is. */
export function ThemeButton(): JSX.Element {
  const [theme, setTheme] = useState(initialTheme);
  useEffect(() => {
    document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  const other: Theme = theme === "dark" ? "light" : "dark";
  const change = (): void => {
    localStorage.setItem(KEPT, other);
    setTheme(other);
  };
  return (
    <button type="button" class="quiet icon" onClick={change} aria-label={`Use ${other} colours`}>
      <span aria-hidden="true">{theme === "dark" ? "☀" : "☾"}</span>
    </button>
  );
}

function initialTheme(): Theme {
  const kept = localStorage.getItem(KEPT);
  if (kept === "light" || kept === "dark") return kept;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
