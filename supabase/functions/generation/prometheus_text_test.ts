import fc from "fast-check";
import assert from "node:assert/strict";
import { readPrometheusText } from "../../../testing/prometheus_text.ts";
import { type Gauge, prometheusText } from "./prometheus_text.ts";

Deno.test("a gauge is its help, its type, and a line for each number", () => {
  const text = prometheusText([{
    name: "makeit3d_tasks",
    help: "Tasks\nof now \\o/",
    samples: [{ labels: {}, value: 0 }, {
      labels: { lane: 'a "b" \\ \n c', queue: "ready" },
      value: 1.5,
    }],
  }]);
  assert.equal(
    text,
    [
      "# HELP makeit3d_tasks Tasks\\nof now \\\\o/",
      "# TYPE makeit3d_tasks gauge",
      "makeit3d_tasks 0",
      'makeit3d_tasks{lane="a \\"b\\" \\\\ \\n c",queue="ready"} 1.5',
      "",
    ].join("\n"),
  );
});

Deno.test("whatever stands in a help or a label is read as it was written", () => {
  const words = fc.oneof(fc.string(), fc.constantFrom("\\n", 'a"b', "\n", "\\", '\\"', "}", ","));
  const gauges = fc.uniqueArray(
    fc.record({
      name: fc.constantFrom("makeit3d_a", "makeit3d_b", "makeit3d_c_usd"),
      help: words,
      samples: fc.uniqueArray(
        fc.record({
          labels: fc.dictionary(fc.constantFrom("lane", "code", "status"), words, {
            noNullPrototype: true,
          }),
          value: fc.oneof(fc.nat(), fc.double({ noNaN: true, noDefaultInfinity: true })),
        }),
        { selector: ({ labels }) => JSON.stringify(Object.entries(labels).sort()) },
      ),
    }),
    { selector: ({ name }) => name },
  );
  fc.assert(
    fc.property(gauges, (written: Gauge[]) => {
      const families = readPrometheusText(prometheusText(written));
      assert.equal(families.size, written.length);
      for (const { name, help, samples } of written) {
        const read = families.get(name);
        assert.equal(read?.help, help);
        // Numbers as JSON: there is one zero only.
        assert.equal(JSON.stringify(read?.samples), JSON.stringify(samples));
      }
    }),
  );
});
