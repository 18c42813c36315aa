/** What React Native gives its engine, and the engine alone has not. */

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** `atob`, of what is well-formed. */
function decodeBase64(text: string): string {
  const bits = [...text.replace(/=+$/, "")]
    .map((digit) => DIGITS.indexOf(digit).toString(2).padStart(6, "0")).join("");
  const bytes = bits.match(/.{8}/g) ?? [];
  return bytes.map((byte) => String.fromCharCode(parseInt(byte, 2))).join("");
}

/** Timers that wait: the engine's own run everything at once. A millisecond is a turn of its loop. */
function timersBy(soon: (work: () => void) => unknown) {
  const timers = new Map<number, { readonly due: number; readonly work: () => void }>();
  let turns = 0;
  let lastId = 0;
  const turn = (): void => {
    turns++;
    for (const [id, { due, work }] of [...timers]) {
      if (due > turns) continue;
      timers.delete(id);
      work();
    }
    if (timers.size > 0) soon(turn);
  };
  return {
    setTimeout: (work: () => void, milliseconds = 0): number => {
      if (timers.size === 0) soon(turn);
      timers.set(++lastId, { due: turns + milliseconds, work });
      return lastId;
    },
    clearTimeout: (id: number): boolean => timers.delete(id),
  };
}

/** @param AbortController That of the package which React Native has, too. */
export function setEngineGlobals(AbortController: unknown): void {
  const { setTimeout } = globalThis;
  Object.assign(globalThis, timersBy((work) => setTimeout(work)), {
    AbortController,
    atob: decodeBase64,
    // No address is made one here: the client only asks what is one.
    URL: class {},
  });
}
