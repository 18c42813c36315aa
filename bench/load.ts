import { type Timing, timingOf } from "./statistics.ts";

export interface Load {
  /** How many callers there are; each calls again as soon as its last call has ended. */
  readonly callers: number;
  /** No call begins later than this many seconds after the first. */
  readonly seconds: number;
  /** No more calls than this. */
  readonly calls: number;
}

/**
 * A closed loop, the same for HTTP and for SQL, so that their figures can be compared; tools for HTTP
 * alone cannot measure the floor. A call that fails ends everything: there are no figures of errors.
 */
export async function putUnderLoad(
  { callers, seconds, calls }: Load,
  call: () => Promise<unknown>,
): Promise<Timing> {
  const milliseconds: number[] = [];
  let begun = 0;
  const start = performance.now();
  const isOver = (): boolean => begun >= calls || performance.now() - start > seconds * 1000;
  async function caller(): Promise<void> {
    while (!isOver()) {
      begun++;
      const before = performance.now();
      await call();
      milliseconds.push(performance.now() - before);
    }
  }
  await Promise.all(Array.from({ length: callers }, caller));
  return timingOf(milliseconds, (performance.now() - start) / 1000);
}

/** Makes so many calls one after the other, or by so many callers, however long that takes. */
export async function repeat(
  calls: number,
  call: () => Promise<unknown>,
  callers = 1,
): Promise<Timing> {
  return await putUnderLoad({ callers, calls, seconds: Infinity }, call);
}
