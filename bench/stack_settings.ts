/** Far from the stacks of development and of the tests, so that all can run. */
export const BENCH_PORT = 25721;

/** Where the measuring process answers as the provider. */
export const PROVIDER_PORT = BENCH_PORT + 10;

/** Settings of the functions: OpenAI is a server of the benchmark's own, which answers at once. */
export const OVERRIDES = {
  OPENAI_API_KEY: "sk-benchmark",
  OPENAI_BASE_URL: `http://127.0.0.1:${PROVIDER_PORT}/v1`,
};
