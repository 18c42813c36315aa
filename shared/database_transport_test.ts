import assert from "node:assert/strict";
import { type TlsFront, type TlsFrontOptions, withTlsFront } from "../testing/tls_front.ts";
import { createAuthority } from "../testing/certificates.ts";
import { isDatabaseAway } from "./database_failure.ts";
import type { TlsRules } from "./database_tls.ts";
import { DatabaseTlsError, openTransport, readSome, writeAll } from "./database_transport.ts";

const HOST = "127.0.0.1";
/** Deno looks whether a connection is left. */
const sanitizers = { sanitizeOps: true, sanitizeResources: true };

const authority = await createAuthority("our root");
const stranger = await createAuthority("another root");
const own = await authority.issue([HOST]);

/** What a server answers, and what of it was encrypted. */
async function talk(
  options: TlsFrontOptions,
  rules: Partial<TlsRules>,
): Promise<Pick<TlsFront, "encrypted" | "clear"> & { refused: string | undefined }> {
  let result;
  await withTlsFront(options, async (front) => {
    const opened: Deno.Conn[] = [];
    try {
      const { connection, refusedCertificate: refused } = await openTransport(
        { host: HOST, port: front.port },
        { use: "offered", roots: [authority.certificate], ...rules },
        (connection) => opened.push(connection),
      );
      await writeAll(connection, new TextEncoder().encode("a statement"));
      assert.equal(String(await readSome(connection, new Uint8Array(100))), "a statement");
      result = { encrypted: front.encrypted, clear: front.clear, refused };
    } finally {
      for (const connection of opened) closeQuietly(connection);
    }
  });
  assert.ok(result);
  return result;
}

function closeQuietly(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch {
    // Given over to TLS, or closed with it.
  }
}

async function refusal(options: TlsFrontOptions, roots = [authority.certificate]): Promise<string> {
  const error = await talk(options, { use: "demanded", roots }).then(() => {}, (error) => error);
  assert.ok(error instanceof DatabaseTlsError, String(error));
  assert.ok(isDatabaseAway(error), "it is no fault of a request");
  return error.message;
}

Deno.test(
  "what a server offers is used, and what it does not is not asked for",
  sanitizers,
  async (t) => {
    const encrypted = { encrypted: 1, clear: 0, refused: undefined };
    const clear = { encrypted: 0, clear: 1, refused: undefined };
    await t.step("TLS that is offered", async () => {
      assert.deepEqual(await talk({ own }, {}), encrypted);
    });
    await t.step("TLS that is demanded", async () => {
      assert.deepEqual(await talk({ own, enforces: true }, { use: "demanded" }), encrypted);
    });
    await t.step("no TLS there", async () => {
      assert.deepEqual(await talk({}, {}), clear);
    });
    await t.step("TLS that nobody wants", async () => {
      assert.deepEqual(await talk({ own }, { use: "never" }), clear);
    });
  },
);

Deno.test("where TLS is demanded, nothing else is spoken", sanitizers, async (t) => {
  await t.step("a server without it", async () => {
    assert.match(await refusal({}), /^The database at 127\.0\.0\.1:\d+ offers no TLS/);
  });
  const asked = /^The certificate of the database at 127\.0\.0\.1:\d+ is refused .*DATABASE_CA/;
  await t.step("a certificate of somebody else", async () => {
    const message = await refusal({ own: await stranger.issue([HOST]) });
    assert.match(message, asked);
    assert.match(message, /UnknownIssuer/);
  });
  await t.step("one for another host", async () => {
    const message = await refusal({ own: await authority.issue(["db.example"]) });
    assert.match(message, asked);
    assert.match(message, /NotValidForName|not valid for name/);
  });
  await t.step("one that is over", async () => {
    const past = new Date("2020-01-01");
    const message = await refusal({ own: await authority.issue([HOST], past) });
    assert.match(message, asked);
    assert.match(message, /[Ee]xpired/);
  });
});

Deno.test(
  "a certificate that cannot be checked is told, where TLS is only offered",
  sanitizers,
  async () => {
    const { refused, ...counts } = await talk({ own: await stranger.issue([HOST]) }, {});
    assert.deepEqual(counts, { encrypted: 0, clear: 1 });
    assert.match(refused ?? "", /UnknownIssuer/);
  },
);

Deno.test("what was read stays when its memory is read into again", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const [reader, writer] = await Promise.all([
    Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port }),
    listener.accept(),
  ]);
  using _reader = reader;
  using _writer = writer;
  const memory = new Uint8Array(100);
  await writeAll(writer, new TextEncoder().encode("first"));
  const first = await readSome(reader, memory);
  await writeAll(writer, new TextEncoder().encode("other"));
  const other = await readSome(reader, memory);
  assert.deepEqual([String(first), String(other)], ["first", "other"]);
});
