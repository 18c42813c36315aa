import { headersOf } from "../../support/client.ts";
import type { HostileCase, Scene } from "../hostile_case.ts";
import { SQL } from "./wrong_values.ts";

const UUID = "11111111-1111-4111-8111-111111111111";
const GOOD = JSON.stringify({ reason: "It is cruel" });

/** Reports that are none: of foreign results, of nothing, without words or with too many. */
export function reports({ caller, foreign }: Scene): HostileCase[] {
  const headers = headersOf(caller.token);
  const report = (
    name: string,
    body: string,
    error: HostileCase["error"],
    words: RegExp,
    path = `tasks/${foreign.taskId}/report`,
  ): HostileCase => ({ name: `report ${name}`, path, headers, body: () => body, error, words });
  const bad = (name: string, body: unknown, words: RegExp): HostileCase =>
    report(name, JSON.stringify(body), "invalid_request", words);
  const nobody = /^No such task$/;
  return [
    report("of another's result", GOOD, "not_found", nobody),
    report(
      "of another's, by name",
      GOOD,
      "not_found",
      nobody,
      `tasks-status/${foreign.taskId}/report`,
    ),
    ...[UUID, "no-id", "%00", "..%2fstatus", encodeURIComponent(SQL), "x".repeat(5_000)].map((id) =>
      report(`of ${id.slice(0, 50)}`, GOOD, "not_found", nobody, `tasks/${id}/report`)
    ),
    report("without JSON", "reason=x", "invalid_request", /^Cannot read the body as JSON$/),
    report(
      "too large",
      JSON.stringify({ reason: "x".repeat(270_000) }),
      "payload_too_large",
      /256 KB/,
    ),
    bad("as a list", [], /Must be a JSON object/),
    bad("without a reason", {}, /^reason: Required/),
    bad("with null", { reason: null }, /^reason: Must be text/),
    bad("without words", { reason: " \t\n" }, /^reason: /),
    bad("with too many words", { reason: "x".repeat(1_001) }, /^reason: /),
    bad("with NUL", { reason: "x\0" }, /^reason: Must be well-formed/),
    bad("with half a pair", { reason: "x\ud800" }, /^reason: Must be well-formed/),
    bad("for another", { reason: "x", user_id: foreign.user.id }, /^user_id: Unknown field/),
    bad("with a state", { reason: "x", closed_at: null }, /^closed_at: Unknown field/),
    ...["GET", "PUT", "DELETE"].map((method): HostileCase => ({
      name: `report by ${method}`,
      method,
      path: `tasks/${UUID}/report`,
      headers,
      error: "method_not_allowed",
    })),
  ];
}
