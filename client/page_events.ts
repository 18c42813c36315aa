import type { MakeIt3D } from "./client.ts";

interface Target {
  addEventListener?(type: string, listener: () => void): void;
  readonly visibilityState?: string;
}

/** Reads at once when a page is seen again, or has a network again. Elsewhere there is nothing to hear. */
export function followPage(client: Pick<MakeIt3D, "wake">): void {
  const page: Target | undefined = Reflect.get(globalThis, "document");
  if (!page) return;
  page.addEventListener?.("visibilitychange", () => {
    if (page.visibilityState === "visible") client.wake();
  });
  const window: Target = globalThis;
  window.addEventListener?.("online", () => client.wake());
}
