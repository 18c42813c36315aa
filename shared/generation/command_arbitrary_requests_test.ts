import fc from "fast-check";
import assert from "node:assert/strict";
import { pairs, strangeBodies, validBodies } from "../../testing/arbitrary_requests.ts";
import { API_ERROR_STATUS, ApiError } from "../contract/errors.ts";
import { providers } from "../providers/catalog.ts";
import { listPriceUsd } from "../providers/list_price.ts";
import type { Provider } from "../providers/provider_operation.ts";
import { parseCommand } from "./command.ts";

/** What operators may choose, and what they may get wrong. */
const models = fc.constantFrom(
  ...[undefined, "", "default", "constructor"],
  ...["flux-kontext-max", "flux-2-pro", "flux-2-flex", "flux-3"],
  ...["gpt-image-2", "gpt-image-2.5-sunburst", "gpt-image-2.6-flare", "gpt-image-3"],
);

/** No call that a request can ask for costs as much. */
const MOST_USD = 10;

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

  Deno.test(`it is counted in a pool of the provider's: ${provider} ${operation}`, () => {
    const { pools }: Provider = providers[provider];
    fc.assert(
      fc.property(validBodies(pair), models, (body, model) => {
        const { pool } = parseCommand(operation, JSON.parse(JSON.stringify(body)), () => model);
        assert.ok(pools.includes(pool), pool);
      }),
      { numRuns: 40 },
    );
  });

  Deno.test(`its estimate is no less than the list price, which is something: ${provider} ${operation}`, () => {
    fc.assert(
      fc.property(validBodies(pair), models, (body, model) => {
        const sent = JSON.parse(JSON.stringify(body));
        const { estimateUsd } = parseCommand(operation, sent, () => model);
        const listed = listPriceUsd(operation, sent, model);
        assert.ok(listed > 0 && estimateUsd >= listed && estimateUsd < MOST_USD);
        // In millionths of a dollar, as the tables have it.
        assert.equal(Number(estimateUsd.toFixed(6)), estimateUsd);
        assert.equal(Number(listed.toFixed(6)), listed);
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
