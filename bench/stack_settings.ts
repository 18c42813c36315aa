/** Far from the stacks of development and of the tests, so that all can run. */
export const BENCH_PORT = 25721;

/** Where the measuring process answers as the provider. */
export const PROVIDER_PORT = BENCH_PORT + 10;

/** Settings of the functions: OpenAI is a server of the benchmark's own on that port. */
export function providerSettings(
  port: number,
): { readonly OPENAI_API_KEY: string; readonly OPENAI_BASE_URL: string } {
  return { OPENAI_API_KEY: "sk-benchmark", OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1` };
}

const YEAR_SECONDS = 365 * 24 * 60 * 60;

export const OVERRIDES = {
  ...providerSettings(PROVIDER_PORT),
  ISOLATE_SECONDS: String(YEAR_SECONDS),
  WORKER_BUDGET_SECONDS: String(YEAR_SECONDS),
};

/** One worker for all that is measured: what it takes to start another is no part of it. */
export const ISOLATE_RULES = {
  lifeSeconds: YEAR_SECONDS,
  processorSeconds: YEAR_SECONDS,
  memoryBytes: Infinity,
  idleSeconds: YEAR_SECONDS,
};
