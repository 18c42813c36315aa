import fc from "fast-check";
import assert from "node:assert/strict";
import { pairs, strangeBodies, validBodies } from "../../testing/arbitrary_requests.ts";
import { API_ERROR_STATUS, ApiError } from "../contract/errors.ts";
import { parseCommand } from "./command.ts";

for (const pair of pairs) {
  const { provider, operation } = pair;

  Deno.test(`whatever is within the limits is accepted: ${provider} ${operation}`, () => {
    fc.assert(
      fc.property(validBodies(pair), (body) => {
        // As it comes over the wire.
        const command = parseCommand(operation, JSON.parse(JSON.stringify(body)));
        assert.equal(command.provider, provider);
        assert.equal(command.clientTaskId, body["task_id"]);
      }),
      { numRuns: 40 },
    );
  });

  Deno.test(`whatever else is sent is accepted or refused: ${provider} ${operation}`, () => {
    fc.assert(
      fc.property(strangeBodies(pair), (body) => {
        try {
          parseCommand(operation, JSON.parse(JSON.stringify(body)));
        } catch (error) {
          assert.ok(error instanceof ApiError, String(error));
          const status = API_ERROR_STATUS[error.code];
          assert.ok(status >= 400 && status < 500, error.code);
        }
        assert.ok(!("polluted" in {}));
      }),
      { numRuns: 40 },
    );
  });
}
