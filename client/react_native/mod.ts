/**
 * What only React Native has: an app that comes back to the foreground.
 *
 * @module
 */
import type { MakeIt3D } from "../client.ts";

/** `AppState` of `react-native`. */
export interface AppStateLike {
  addEventListener(
    type: "change",
    listener: (state: string) => void,
  ): { remove(): void };
}

/**
 * Reads what is followed at once when the app is in the foreground again: what waited in the background
 * has been cut off. Returns how to end that.
 */
export function followAppState(client: Pick<MakeIt3D, "wake">, appState: AppStateLike): () => void {
  const subscription = appState.addEventListener("change", (state) => {
    if (state === "active") client.wake();
  });
  return () => subscription.remove();
}
