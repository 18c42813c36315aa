/** An upload under way. */
export interface WatchedUpload {
  /** What is sent. */
  readonly body: ReadableStream<Uint8Array>;
  /** Aborts when the other side takes no more, and when whoever uploads gives up. */
  readonly signal: AbortSignal;
  /** In bytes: what has been taken so far. */
  readonly length: () => number;
  /** Lets the source go, whether or not it was read to its end. */
  end(): Promise<void>;
}

/**
 * Watches an upload: it ends when for so long nothing is taken of what is there, or no answer comes
 * to all of it. A source that is slow is no fault of whoever takes it.
 */
export function watchUpload(
  source: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  idleMilliseconds: number,
): WatchedUpload {
  const idle = new AbortController();
  const reader = source.getReader();
  let length = 0;
  let hasEnded = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expectProgress = (): void => {
    if (hasEnded) return;
    const reason = new Error(`Took nothing for ${idleMilliseconds / 1_000} s`);
    timer = setTimeout(() => idle.abort(reason), idleMilliseconds);
  };
  const body = new ReadableStream<Uint8Array>({
    async pull(controller): Promise<void> {
      clearTimeout(timer);
      const { value } = await reader.read();
      expectProgress();
      length += value?.length ?? 0;
      if (value) controller.enqueue(value);
      else controller.close();
    },
    cancel: (reason) => reader.cancel(reason),
  }, { highWaterMark: 0 });
  expectProgress();
  return {
    body,
    signal: AbortSignal.any([signal, idle.signal]),
    length: () => length,
    async end() {
      hasEnded = true;
      clearTimeout(timer);
      await reader.cancel().catch(() => {});
    },
  };
}
