import { delimiter, join } from "node:path";

/** Debian's, those of other systems, and Google's, which is the same to these tests. */
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MACOS = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The path of this machine's browser, or of the one that `BROWSER` names. Throws what to install. */
export function findBrowser(): string {
  const chosen = Deno.env.get("BROWSER");
  const folders = (Deno.env.get("PATH") ?? "").split(delimiter);
  const places = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const found = (chosen ? [chosen] : [...places, ...MACOS]).find(exists);
  if (found !== undefined) return found;
  throw new Error(
    `No browser ${chosen ? `at BROWSER=${chosen}` : "on this machine"}. Install one ` +
      "(Debian: apt-get install chromium), or name it: BROWSER=/path/to/chromium",
  );
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
