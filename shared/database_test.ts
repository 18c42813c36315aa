import assert from "node:assert/strict";
import { withBlackHole } from "../testing/black_hole.ts";
import { connect } from "./database.ts";
import { DatabaseTimeout } from "./database_failure.ts";
import { isDatabaseAway } from "./database_failure.ts";
import { openClient } from "./database_client.ts";

Deno.test("statements are prepared, except where a pooler stands between", () => {
  for (const isPooled of [true, false]) {
    const url = "postgres://nobody@127.0.0.1:1/none";
    const { sql } = openClient({ url, isPooled }, "test", { connections: 1 });
    assert.equal(sql.options.prepare, !isPooled);
  }
});

function urlOf({ port }: { readonly port: number }): { url: string; isPooled: boolean } {
  return { url: `postgres://nobody@127.0.0.1:${port}/none`, isPooled: false };
}

/** Deno looks whether a socket or a timer is left. */
const sanitizers = { sanitizeOps: true, sanitizeResources: true };

Deno.test(
  "statements that nobody answers end at their limit, those that wait for a connection, too",
  sanitizers,
  async () => {
    await withBlackHole(undefined, async (hole) => {
      const sql = connect(urlOf(hole), "test", { limitSeconds: 0.05 });
      const answers = await Promise.allSettled(Array.from({ length: 9 }, () => sql`select 1`));
      for (const answer of answers) {
        assert.ok(answer.status === "rejected" && answer.reason instanceof DatabaseTimeout);
      }
      const { made } = hole;
      assert.ok(made >= 4);
      await assert.rejects(sql`select 1`, DatabaseTimeout);
      assert.ok(hole.made > made, "an old connection was asked");
      await sql.close();
    });
  },
);

Deno.test("what waits when an isolate ends fails as where no database is", sanitizers, async () => {
  await withBlackHole(undefined, async (hole) => {
    const sql = connect(urlOf(hole), "test", { connections: 1 });
    const failures = [sql`select 1`, sql`select 2`].map((statement) =>
      assert.rejects(statement, isDatabaseAway)
    );
    await sql.close();
    await Promise.all(failures);
  });
});

Deno.test(
  "a database that refuses is told at once, and is not waited for",
  sanitizers,
  async () => {
    const url = urlOf({ port: 2 });
    const sql = connect(url, "test", { limitSeconds: 60 });
    for (let times = 0; times < 5; times++) {
      await assert.rejects(sql`select 1`, {
        code: "ECONNREFUSED",
        message: "connect ECONNREFUSED 127.0.0.1:2",
      });
    }
    await sql.close();
  },
);

/** A server that offers TLS, and then falls silent. */
async function withSilentTls(
  test: (server: { readonly port: number }) => Promise<void>,
): Promise<void> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const clients: Deno.Conn[] = [];
  const accepting = (async () => {
    for await (const client of listener) {
      clients.push(client);
      await client.read(new Uint8Array(8));
      await client.write(new TextEncoder().encode("S"));
    }
  })();
  try {
    await test({ port: listener.addr.port });
  } finally {
    listener.close();
    await accepting;
    for (const client of clients) client.close();
  }
}

Deno.test("a handshake that is never answered ends at the limit", sanitizers, async () => {
  await withSilentTls(async (server) => {
    const sql = connect(urlOf(server), "test", { limitSeconds: 0.1 });
    await assert.rejects(sql`select 1`, DatabaseTimeout);
    await sql.close();
  });
});

Deno.test("a server that is away is asked less and less often", sanitizers, async () => {
  const { sql, close } = openClient(urlOf({ port: 2 }), "test", { connections: 1 });
  for (let times = 0; times < 3; times++) {
    await assert.rejects(sql`select 1`, { code: "ECONNREFUSED" });
    // The end of the last one is told a little later.
    assert.ok(retriesOf(sql.options) >= times);
  }
  await close(0);
});

/** What postgres.js counts, and derives its pauses from. */
function retriesOf(options: object): number {
  const shared = "shared" in options ? options.shared : undefined;
  return typeof shared === "object" && shared && "retries" in shared ? Number(shared.retries) : NaN;
}
