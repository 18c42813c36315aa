import { createFunctionProgram } from "./function_program.ts";
import { type IsolateEnd } from "./isolate.ts";
import { IsolatePool } from "./isolate_pool.ts";
import { type IsolateRules, plans } from "./rules.ts";

/** The platform's rules, of which none ends an isolate within a test. */
export const LONG_LIVED: IsolateRules = {
  ...plans.free,
  lifeSeconds: 600,
  processorSeconds: 600,
  idleSeconds: 600,
};

export interface PooledSample {
  readonly pool: IsolatePool;
  readonly port: number;
  /** Asks the sample function, and reads its answer. */
  ask(
    path: string,
  ): Promise<{ readonly status: number; readonly pid: number; readonly body: Body }>;
  /** Waits for so many ends in all, and returns them. */
  ends(count: number): Promise<readonly IsolateEnd[]>;
  readLog(): Promise<string>;
}

interface Body {
  readonly pid?: number;
  readonly reasons?: readonly string[];
  readonly code?: string;
}

/** Runs the sample function in a pool, and stops it whatever happens. */
export async function withSample(
  rules: Partial<IsolateRules>,
  test: (sample: PooledSample) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const waiting = new Set<() => void>();
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const pool = new IsolatePool({
    name: "sample",
    port,
    program: createFunctionProgram({ name: "sample", hosts: [], settings: ["NONE"], env: {} }),
    rules: { ...LONG_LIVED, ...rules },
    host: { logFolder: folder, onSpawn: () => waiting.forEach((look) => look()) },
  });
  try {
    await pool.start();
    await test({
      pool,
      port,
      ask: async (path) => {
        const response = await fetch(`http://127.0.0.1:${port}/${path}`);
        const body: Body = await response.json();
        return { status: response.status, pid: body.pid ?? 0, body };
      },
      ends: (count) =>
        new Promise((resolve) => {
          const look = (): void => {
            if (pool.ends.length < count) return;
            waiting.delete(look);
            resolve(pool.ends);
          };
          waiting.add(look);
          look();
        }),
      readLog: () => Deno.readTextFile(`${folder}/sample.log`),
    });
  } finally {
    await pool.stop();
    await Deno.remove(folder, { recursive: true });
  }
}
