import fc from "fast-check";
import assert from "node:assert/strict";
import { parseTraceparent } from "./traceparent.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT = "00f067aa0ba902b7";

Deno.test("a traceparent of version 00 is kept as it is", () => {
  for (const flags of ["00", "01", "03", "ff"]) {
    const traceparent = `00-${TRACE}-${PARENT}-${flags}`;
    assert.deepEqual(parseTraceparent(traceparent), { traceId: TRACE, traceparent });
  }
});

Deno.test("of a later version that is taken which version 00 has", async (t) => {
  const cases: readonly (readonly [given: string, flags: string])[] = [
    [`01-${TRACE}-${PARENT}-01`, "01"],
    [`01-${TRACE}-${PARENT}-00`, "00"],
    [`cc-${TRACE}-${PARENT}-fe`, "00"],
    [`cc-${TRACE}-${PARENT}-ff`, "01"],
    [`fe-${TRACE}-${PARENT}-01-what-the-future-will-be-like`, "01"],
    [`cc-${TRACE}-${PARENT}-01-`, "01"],
  ];
  for (const [given, flags] of cases) {
    await t.step(given, () => {
      const traceparent = `00-${TRACE}-${PARENT}-${flags}`;
      assert.deepEqual(parseTraceparent(given), { traceId: TRACE, traceparent });
    });
  }
});

Deno.test("a traceparent that is not valid is none", async (t) => {
  const cases: readonly (string | null | undefined)[] = [
    undefined,
    null,
    "",
    " ",
    "00",
    `00-${TRACE}-${PARENT}`,
    `00-${TRACE}-${PARENT}-`,
    `00-${TRACE}-${PARENT}-1`,
    `00-${TRACE}-${PARENT}-011`,
    `00-${TRACE}-${PARENT}-0g`,
    `00-${TRACE}-${PARENT}-01-`,
    `00-${TRACE}-${PARENT}-01-more`,
    `00-${TRACE}-${PARENT}-01, 00-${TRACE}-${PARENT}-01`,
    `ff-${TRACE}-${PARENT}-01`,
    `0-${TRACE}-${PARENT}-01`,
    `000-${TRACE}-${PARENT}-01`,
    `cc-${TRACE}-${PARENT}-01.more`,
    `cc-${TRACE}-${PARENT}-012`,
    `cc-${TRACE}-${PARENT}-01-more\n`,
    `00-${"0".repeat(32)}-${PARENT}-01`,
    `00-${TRACE}-${"0".repeat(16)}-01`,
    `cc-${"0".repeat(32)}-${PARENT}-01`,
    `00-${TRACE.toUpperCase()}-${PARENT}-01`,
    `00-${TRACE}-${PARENT.toUpperCase()}-01`,
    `CC-${TRACE}-${PARENT}-01`,
    `00-${TRACE.slice(1)}-${PARENT}-01`,
    `00-${TRACE}0-${PARENT}-01`,
    `00-${TRACE.replace("4", "g")}-${PARENT}-01`,
    `00_${TRACE}_${PARENT}_01`,
    ` 00-${TRACE}-${PARENT}-01`,
    `00-${TRACE}-${PARENT}-01\n`,
    `٠٠-${TRACE}-${PARENT}-01`,
  ];
  for (const given of cases) {
    await t.step(JSON.stringify(given) ?? "undefined", () => {
      assert.equal(parseTraceparent(given), undefined);
    });
  }
});

const hex = (length: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(..."0123456789abcdef"), { minLength: length, maxLength: length })
    .map((digits) => digits.join(""));
/** Most of them are valid. */
const traceparents = fc.record({
  version: fc.oneof(fc.constant("00"), hex(2)),
  traceId: fc.oneof(hex(32), fc.constant("0".repeat(32))),
  parentId: fc.oneof(hex(16), fc.constant("0".repeat(16))),
  flags: hex(2),
  more: fc.oneof(fc.constant(""), fc.string().map((text) => `-${text}`)),
});

Deno.test("what is read is what the fields say", () => {
  fc.assert(
    fc.property(traceparents, ({ version, traceId, parentId, flags, more }) => {
      const trace = parseTraceparent(`${version}-${traceId}-${parentId}-${flags}${more}`);
      const isValid = version !== "ff" && /[^0]/.test(traceId) && /[^0]/.test(parentId) &&
        (version !== "00" || more === "") && !/[\n\r\u2028\u2029]/.test(more);
      assert.equal(trace !== undefined, isValid);
      if (!trace) return;
      assert.equal(trace.traceId, traceId);
      const [, , ownParentId, ownFlags = ""] = trace.traceparent.split("-");
      assert.equal(ownParentId, parentId);
      assert.equal(Number.parseInt(ownFlags, 16) % 2, Number.parseInt(flags, 16) % 2);
    }),
  );
});

Deno.test("what is sent on is read as the same, and nothing else gets through", () => {
  const words = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.constantFrom(..."0f-ag\n"), { maxLength: 70 }).map((letters) => letters.join("")),
    traceparents.map((fields) => Object.values(fields).join("-")),
  );
  fc.assert(
    fc.property(words, (text) => {
      const trace = parseTraceparent(text);
      if (!trace) return;
      assert.match(trace.traceparent, /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/);
      assert.deepEqual(parseTraceparent(trace.traceparent), trace);
    }),
  );
});
