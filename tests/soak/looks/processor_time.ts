/** All threads of the process (`time.h` of Linux). */
const CLOCK_PROCESS_CPUTIME_ID = 2;

const { symbols: { clock_gettime: clockGettime } } = Deno.dlopen("libc.so.6", {
  clock_gettime: { parameters: ["i32", "buffer"], result: "i32" },
});

/**
 * Processor time of this process so far, in milliseconds. The platform's Deno has no
 * `process.cpuUsage`, and `/proc` counts what runs only now and then.
 */
export function processorMilliseconds(): number {
  const spent = new BigInt64Array(2);
  clockGettime(CLOCK_PROCESS_CPUTIME_ID, spent);
  const [seconds = 0n, nanoseconds = 0n] = spent;
  return Number(seconds) * 1_000 + Number(nanoseconds) / 1_000_000;
}
