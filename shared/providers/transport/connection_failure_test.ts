import assert from "node:assert/strict";
import { ProviderError } from "../provider_error.ts";
import { type BrokenCall, readConnectionFailure } from "./connection_failure.ts";

const refused = new TypeError("error sending request for url (https://acme.example/connect)", {
  cause: new Error("client error (Connect): tcp connect error: Connection refused"),
});
const reset = new TypeError("error sending request for url (https://acme.example/)", {
  cause: new Error("client error (SendRequest): connection closed before message completed"),
});

function facts(error: unknown, changes: Partial<BrokenCall> = {}): unknown[] {
  const { code, ambiguous, message, cause, providerRequestId } = readConnectionFailure(error, {
    provider: "Acme",
    signal: new AbortController().signal,
    billable: true,
    timedOut: false,
    ...changes,
  });
  assert.equal(cause, error);
  assert.equal(providerRequestId, changes.providerRequestId);
  return [code, ambiguous, message];
}

Deno.test("only a call that was never sent was surely not billed", () => {
  assert.deepEqual(facts(refused).slice(0, 2), ["provider_unavailable", false]);
  assert.deepEqual(facts(reset).slice(0, 2), ["provider_unavailable", true]);
  assert.deepEqual(facts("a word").slice(0, 2), ["provider_unavailable", true]);
});

Deno.test("what is known of a failure stays, also among the causes of a client's own error", () => {
  const known = new ProviderError("invalid_result", "Too long", { final: true });
  const errors = [
    known,
    new Error("Connection error.", { cause: new TypeError("x", { cause: known }) }),
  ];
  for (const error of errors) {
    const call = { provider: "Acme", signal: AbortSignal.abort(), billable: true, timedOut: true };
    assert.equal(readConnectionFailure(error, call), known);
  }
});

Deno.test("a call that is not billed has no unknown outcome", () => {
  for (const error of [refused, reset, new SyntaxError("x")]) {
    assert.equal(facts(error, { billable: false })[1], false);
  }
});

Deno.test("the step's end counts before a timeout, and a timeout before what came of it", () => {
  const signal = AbortSignal.abort();
  assert.deepEqual(facts(new SyntaxError("x"), { signal, timedOut: true }), [
    "timeout",
    true,
    "Call ended by its deadline or a lost lease",
  ]);
  assert.deepEqual(facts(reset, { timedOut: true }), [
    "timeout",
    true,
    "Acme did not answer in time",
  ]);
});

Deno.test("an answer that cannot be read is no result", () => {
  assert.deepEqual(facts(new SyntaxError("Unexpected token")), [
    "invalid_result",
    true,
    "Cannot read the answer: Unexpected token",
  ]);
});

Deno.test("the words of all causes are told, and the id of the answer is kept", () => {
  assert.deepEqual(
    facts(reset, { providerRequestId: "req_1" })[2],
    [
      "Cannot reach Acme: error sending request for url (https://acme.example/)",
      "client error (SendRequest): connection closed before message completed",
    ].join(" "),
  );
});

Deno.test("only a call that we ended is no failure of the provider", () => {
  const isOwnCut = (error: unknown, changes: Partial<BrokenCall> = {}): boolean =>
    readConnectionFailure(error, {
      provider: "Acme",
      signal: new AbortController().signal,
      billable: true,
      timedOut: false,
      ...changes,
    }).ownCut;
  const signal = AbortSignal.abort();
  assert.equal(isOwnCut(reset, { signal }), true);
  assert.equal(isOwnCut(reset, { signal, timedOut: true }), true);
  assert.equal(isOwnCut(reset), false);
  assert.equal(isOwnCut(reset, { timedOut: true }), false);
  // What the provider had said before counts.
  assert.equal(isOwnCut(new ProviderError("provider_unavailable", "500"), { signal }), false);
});
