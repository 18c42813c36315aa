import assert from "node:assert/strict";
import { within } from "../../../../shared/within.ts";
import { portsFrom } from "../settings.ts";
import { serveGateway } from "./serve.ts";

/** More than a stop may take. */
const LIMIT_MILLISECONDS = 30_000;

Deno.test("a gateway is closed although somebody waits for an answer", async () => {
  const asked = Promise.withResolvers<void>();
  const end = new AbortController();
  const held = Deno.serve(
    { hostname: "127.0.0.1", port: 0, signal: end.signal, onListen: () => {} },
    () => {
      asked.resolve();
      return new Promise<Response>(() => {});
    },
  );
  const port = freePort();
  const close = serveGateway({
    ports: { ...portsFrom(port), tasksStatus: held.addr.port },
    secrets: { publishableKey: "", secretKey: "", databasePassword: "", jwtSecret: "" },
    uploadsFolder: "",
    toolsFolder: "",
    breakable: { killWorker: () => 0, restartPostgres: () => Promise.resolve() },
    realProviders: [],
  }, ["127.0.0.1"]);
  const answer = fetch(`http://127.0.0.1:${port}/functions/v1/tasks/1/status?wait=25`);
  await asked.promise;
  await within(LIMIT_MILLISECONDS, "end of the gateway", close());
  await assert.rejects(fetch(`http://127.0.0.1:${port}/`), "nobody else is let in");

  end.abort();
  assert.equal((await answer).status, 503, "the function has ended");
  await (await answer).body?.cancel();
  await held.finished;
});

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
