import assert from "node:assert/strict";
import { dryRunBody, errorBody } from "../../shared/contract/responses.ts";
import { readAccount } from "../support/account.ts";
import { headersOf, newTaskId, post } from "../support/client.ts";
import { uploadPicture } from "../support/inputs.ts";
import { withLane } from "../support/lanes.ts";
import { clientOf, countTasksOf, type NewUser, newUser } from "../support/new_user.ts";
import { withOwnFunctions } from "../support/own_functions.ts";
import { newUserOf, type PlanLimits, withPlan } from "../support/plans.ts";
import { withDatabase } from "../support/stack.ts";
import { testPorts } from "../support/test_ports.ts";

type Fields = Readonly<Record<string, unknown>>;

interface Case {
  readonly limits: PlanLimits;
  readonly operation?: string;
  readonly field: string;
  readonly allowed: RegExp;
  readonly forbidden: Fields;
  readonly fits: Fields;
}

const FLUX: Fields = { provider: "flux", prompt: "A cube" };

const CASES: Readonly<Record<string, Case>> = {
  "an operation": {
    limits: { operations: ["remove-background"] },
    operation: "text-to-image",
    field: "operation",
    allowed: /only remove-background/,
    forbidden: {},
    fits: {},
  },
  "a provider": {
    limits: { providers: ["stability", "recraft"] },
    field: "provider",
    allowed: /only stability, recraft/,
    forbidden: { provider: "openai" },
    fits: { provider: "stability" },
  },
  "a quality": {
    limits: { qualities: ["standard"] },
    field: "quality",
    allowed: /only standard/,
    forbidden: { quality: "hd" },
    fits: { quality: "standard" },
  },
  "many results": {
    limits: { most_results: 2 },
    field: "n",
    allowed: /at most 2/,
    forbidden: { n: 3 },
    fits: { n: 2 },
  },
  "tolerance": {
    limits: { most_safety_tolerance: 1 },
    operation: "image-to-image",
    field: "safety_tolerance",
    allowed: /at most 1/,
    forbidden: { ...FLUX, safety_tolerance: 2 },
    fits: { ...FLUX, safety_tolerance: 1 },
  },
};

async function submit(
  { token }: NewUser,
  operation: string,
  fields: Fields,
  query = "",
): Promise<{ status: number; body: unknown }> {
  const body = { task_id: newTaskId(), provider: "openai", prompt: "A cube", ...fields };
  const response = await post(`${operation}${query}`, body, headersOf(token));
  return { status: response.status, body: await response.json() };
}

/** Nothing starts, and nothing is bought. */
async function withClosedLanes(work: () => Promise<void>): Promise<void> {
  const closed = { paused_until: new Date(Date.now() + 300_000) };
  await withLane(
    "openai",
    closed,
    () => withLane("stability", closed, () => withLane("flux", closed, work)),
  );
}

Deno.test("what a plan forbids is refused with field, plan and what is allowed", async (t) => {
  await withClosedLanes(async () => {
    for (const [name, { limits, operation = "text-to-image", ...rest }] of Object.entries(CASES)) {
      await t.step(name, () =>
        withPlan(limits, async (plan) => {
          const user = await newUserOf(plan);
          const needsFile = operation === "image-to-image";
          const file: Fields = needsFile
            ? {
              input_image_asset_url: await uploadPicture(
                { ...user, supabase: clientOf(user) },
                "plan.png",
              ),
            }
            : {};
          for (const query of ["?dry_run=true", ""]) {
            const { status, body } = await submit(
              user,
              operation,
              { ...file, ...rest.forbidden },
              query,
            );
            const { error, message, details } = errorBody.parse(body);
            assert.deepEqual([status, error], [400, "invalid_request"]);
            assert.deepEqual(details?.map(({ field }) => field), [rest.field]);
            assert.match(message, rest.allowed);
            assert.ok(message.includes(plan), message);
          }
          assert.equal(await countTasksOf(user), 0);
          if (rest.field === "operation") return;
          const { status } = await submit(user, operation, { ...file, ...rest.fits });
          assert.equal(status, 202);
        }));
    }
  });
});

Deno.test("a plan names the models that may do the work, also where the operator chooses them", async () => {
  await withClosedLanes(async () => {
    const user = await newUser();
    assert.equal((await submit(user, "text-to-image", {})).status, 202);
    const [row] = await withDatabase((sql) =>
      sql<{ model: string | null }[]>`select model from public.tasks where user_id = ${user.id}`
    );
    const model = row?.model;
    assert.ok(model);
    await withPlan({ models: [model] }, async (plan) => {
      assert.equal((await submit(await newUserOf(plan), "text-to-image", {})).status, 202);
    });
    await withPlan({ models: ["another"] }, async (plan) => {
      const { status, body } = await submit(await newUserOf(plan), "text-to-image", {});
      const { details } = errorBody.parse(body);
      assert.deepEqual([status, details?.map(({ field }) => field)], [400, ["model"]]);
    });
  });
});

Deno.test("a plan that does not exist, and none, are the default plan", async () => {
  for (const user of [await newUser(), await newUserOf("nobody-made-it")]) {
    assert.equal((await readAccount(user)).plan, "default");
  }
  await withPlan({ images_per_day: 7 }, async (plan) => {
    const { plan: told, images } = await readAccount(await newUserOf(plan));
    assert.deepEqual([told, images], [plan, { used: 0, allowed: 7, left: 7 }]);
  });
});

Deno.test("what users write of themselves is no plan", async () => {
  await withPlan({ images_per_day: 1_000 }, async (plan) => {
    const user = await newUser({ user_metadata: { plan }, plan });
    assert.equal((await readAccount(user)).plan, "default");
  });
});

Deno.test("anonymous users, where they are let in, have a plan of their own, whatever their token names", async () => {
  const overrides = { ALLOW_ANONYMOUS_USERS: "true" };
  await withOwnFunctions(
    { port: testPorts.anonymous, overrides },
    ({ post }) =>
      withPlan({}, async (plan) => {
        for (const claims of [{}, { app_metadata: { plan } }]) {
          const { token } = await newUser({ is_anonymous: true, ...claims });
          const body = { task_id: newTaskId(), provider: "openai", prompt: "A cube" };
          const response = await post(token, "text-to-image?dry_run=true", body);
          const { quota } = dryRunBody.parse(await response.json());
          assert.equal(quota.plan, "anonymous");
        }
      }),
  );
});
