import assert from "node:assert/strict";
import { recordLog } from "../testing/recorded_log.ts";
import { createLog } from "./log.ts";
import { createRedact } from "./redact.ts";

Deno.test("a line is one JSON object with time, level, function and event", () => {
  const lines: string[] = [];
  createLog("worker", (line) => lines.push(line)).info("task\naccepted", { text: "a\nb", n: 2 });
  const [line = ""] = lines;
  assert.equal(lines.length, 1);
  assert.ok(!line.includes("\n"));
  const { time, ...rest } = JSON.parse(line);
  assert.equal(new Date(time).toISOString(), time);
  assert.deepEqual(rest, {
    level: "info",
    function: "worker",
    event: "task\naccepted",
    text: "a\nb",
    n: 2,
  });
});

Deno.test("context is added to every line, and to no line of the log it came from", () => {
  const { log, lines } = recordLog();
  const ofRequest = log.with({ request_id: "r" });
  ofRequest.with({ task_id: "t" }).warn("both");
  ofRequest.info("one");
  log.info("none");
  assert.deepEqual(
    lines.map(({ level, event, request_id, task_id }) => [level, event, request_id, task_id]),
    [
      ["warn", "both", "r", "t"],
      ["info", "one", "r", undefined],
      ["info", "none", undefined, undefined],
    ],
  );
});

Deno.test("an error is written with its stack and its causes", () => {
  const { log, lines } = recordLog();
  const cause = new Error("middle", { cause: "innermost" });
  log.error("failed", new TypeError("outer", { cause }), { claims: 3 });
  const [line] = lines;
  assert.equal(line?.["level"], "error");
  assert.equal(line["claims"], 3);
  assert.match(
    String(line["error"]),
    /^TypeError: outer\n.*log_test\.ts[^]*Caused by: Error: middle[^]*Caused by: innermost$/,
  );
});

Deno.test("what was thrown and is no error is written as text", () => {
  const { log, lines } = recordLog();
  log.error("failed", undefined);
  log.error("failed", "words");
  assert.deepEqual(
    lines.map(({ error }) => error),
    ["undefined", "words"],
  );
});

Deno.test("what others said is cut, and a stack less so", () => {
  const { log, lines } = recordLog();
  const long = "x".repeat(1_000_000);
  log.with({ request_id: long }).warn(long, { detail: long });
  log.error("failed", new Error("outer", { cause: new Error("y".repeat(3_000)) }));
  log.error("failed", new Error(long));
  const [first, second, third] = lines;
  for (const field of ["request_id", "event", "detail"]) {
    assert.equal(String(first?.[field]).length, 500, field);
  }
  assert.match(String(second?.["error"]), /y{3000}/);
  assert.equal(String(third?.["error"]).length, 8_000);
});

Deno.test("no line has a secret, wherever it was", () => {
  const lines: string[] = [];
  const key = ["sk", "proj-0123456789abcdef"].join("-");
  const secret = 'no "shape" at all';
  const log = createLog("test", (line) => lines.push(line), createRedact([secret]))
    .with({ request_id: `Bearer ${key}` });
  log.info("asked", { url: `https://x.example/?token=${key}`, detail: secret });
  log.warn("refused", { detail: `Incorrect API key: ${key}` });
  log.error("failed", new Error(`With ${key}`, { cause: new Error(secret) }), { path: key });
  log.error("failed", secret);
  assert.equal(lines.length, 4);
  for (const line of lines) {
    assert.ok(!line.includes(key) && !/no .{1,2}shape/.test(line), line);
    assert.match(line, /\[secret\]/);
  }
});

Deno.test("a line that cannot be written fails nothing", () => {
  const log = createLog("worker", () => {
    throw new Error("No space left on device");
  });
  log.info("task accepted");
  log.error("request failed", new Error("cause"));
});
