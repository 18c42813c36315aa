import { SEED } from "../../../tools/local/stack/settings.ts";
import { purchasesOf, withFaults } from "../../support/simulator.ts";
import { stack, withDatabase } from "../../support/stack.ts";
import { waitUntil } from "../../support/wait_until.ts";
import type { Service } from "./service.ts";

/** More than any case has. */
const MANY = 20;

/** The running stack, whose AI service is simulated: what was bought stands in its ledger. */
export function findStack(): Service {
  const { email, password } = SEED.users[0];
  return {
    origin: stack.projectUrl,
    isSubmit: (method, path) => method === "POST" && path.startsWith("/functions/v1/generation/"),
    environmentBy: (origin) =>
      Promise.resolve({
        SUPABASE_URL: origin,
        SUPABASE_PUBLISHABLE_KEY: stack.secrets.publishableKey,
        API_KEY: SEED.apiKey,
        EMAIL: email,
        PASSWORD: password,
      }),
    whenBegun: async (prompt) => {
      await waitUntil("a run", async () => (await statusesOf(prompt)).includes("processing"));
    },
    count: async (prompt) => {
      const ended = await waitUntil("the end of all tasks", async () => {
        const statuses = await statusesOf(prompt);
        const isOver = statuses.every((status) => !["pending", "processing"].includes(status));
        return isOver && statuses;
      }, 60);
      const canceled = ended.filter((status) => status === "canceled").length;
      return { bought: await purchasesOf(prompt), canceled };
    },
    whileSlow: (latency_ms, work) => withFaults([{ kind: "slow", times: MANY, latency_ms }], work),
    end: () => Promise.resolve(),
  };
}

async function statusesOf(prompt: string): Promise<readonly string[]> {
  const rows = await withDatabase((sql) =>
    sql<{ status: string }[]>`
      select status from public.tasks where parameters ->> 'prompt' = ${prompt}
    `
  );
  return rows.map(({ status }) => status);
}
