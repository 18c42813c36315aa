import { createFunction } from "../../tools/local/stack/functions.ts";
import { headersOf, type User } from "./client.ts";
import { stack } from "./stack.ts";

type Caller = Pick<User, "token">;

/** The API's functions once more, beside those of the test stack and on its database. */
export interface OwnFunctions {
  status(user: Caller, id: string): Promise<Response>;
  cancel(user: Caller, id: string): Promise<Response>;
  submit(user: Caller, taskId: string): Promise<Response>;
  /** Any request to an operation. */
  post(token: string, operation: string, body: unknown): Promise<Response>;
  /** As the operator. */
  health(): Promise<Response>;
  /** What the function of submits and health has logged. */
  readLog(): Promise<string>;
}

export interface OwnFunctionsOptions {
  /** The first of two ports. */
  readonly port: number;
  /** Where they find the database. Default: where it is. */
  readonly databasePort?: number;
  /** Settings over those of the stack. */
  readonly overrides?: Readonly<Record<string, string>>;
}

/** Runs the functions for the time of one test. */
export async function withOwnFunctions(
  { port, databasePort = stack.ports.database, overrides = {} }: OwnFunctionsOptions,
  test: (functions: OwnFunctions) => Promise<void>,
): Promise<void> {
  const logFolder = `${stack.folder}/logs/functions-${port}`;
  await Deno.mkdir(logFolder, { recursive: true });
  const options = {
    ports: { ...stack.ports, database: databasePort, generation: port, tasksStatus: port + 1 },
    secrets: stack.secrets,
    host: { logFolder, onSpawn: () => {} },
    // What they accept is the work of the stack's own worker.
    overrides: { OPENAI_API_KEY: "simulated", ...overrides },
  };
  const services = [createFunction("generation", options), createFunction("tasks-status", options)];
  const generation = `http://127.0.0.1:${port}/generation`;
  const tasks = `http://127.0.0.1:${port + 1}/tasks-status`;
  await Promise.all(services.map((service) => service.start()));
  try {
    await test({
      status: ({ token }, id) => fetch(`${tasks}/${id}`, { headers: headersOf(token) }),
      cancel: ({ token }, id) =>
        fetch(`${tasks}/${id}`, { method: "DELETE", headers: headersOf(token) }),
      submit: ({ token }, taskId) =>
        fetch(`${generation}/text-to-image`, {
          method: "POST",
          headers: headersOf(token),
          body: JSON.stringify({ task_id: taskId, provider: "openai", prompt: "A red cube" }),
        }),
      post: (token, operation, body) =>
        fetch(`${generation}/${operation}`, {
          method: "POST",
          headers: headersOf(token),
          body: JSON.stringify(body),
        }),
      readLog: () => Deno.readTextFile(`${logFolder}/generation.log`),
      health: () =>
        fetch(`${generation}/health`, { headers: { apikey: stack.secrets.workerSecret } }),
    });
  } finally {
    await Promise.all(services.map((service) => service.stop()));
  }
}
