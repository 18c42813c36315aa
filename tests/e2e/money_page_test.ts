import assert from "node:assert/strict";
import { join } from "node:path";
import { decodeJwt } from "jose";
import { createClient } from "@supabase/supabase-js";
import { findOperation } from "../../shared/providers/catalog.ts";
import { repository } from "../../tools/local/stack/folders.ts";
import { signIn } from "../support/client.ts";
import { newAccount } from "../support/new_account.ts";
import { withOperatorSettings } from "../support/operator_settings.ts";
import { databaseEnvironment, stack, withDatabase } from "../support/stack.ts";

const page = await Deno.readTextFile(join(repository, "docs/money.md"));

function blocksOf(language: string): string[] {
  return [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))]
    .map(([, block = ""]) => block)
    .filter((block) => !block.startsWith("# needs "));
}

async function run(block: string): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command("sh", {
    args: ["-ec", block.replaceAll(/^deno /gm, `${Deno.execPath()} `)],
    cwd: repository,
    env: { ...databaseEnvironment, NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  assert.ok(success, decoder.decode(stderr));
  return decoder.decode(stdout);
}

Deno.test("an owner makes a free and a paid plan by the page, and sets budgets", async () => {
  await withOperatorSettings(async () => {
    const [plans = "", changes = "", budgets = "", ...others] = blocksOf("sh");
    assert.deepEqual(others, []);
    const made = await run(plans);
    assert.match(made, /^free +5 +0 +0\.50 /m);
    assert.match(made, /^pro +500 +100 +20\.00 /m);
    assert.match(made, /^free allows operations: text-to-image, remove-background$/m);
    assert.match(made, /^free allows results of a request: up to 1$/m);

    const changed = await run(changes);
    assert.match(changed, /^pro +no limit +100 +30\.00 /m);
    assert.match(changed, /Removed the plan free/);

    const set = await run(budgets);
    assert.match(set, /^project +project +day +60\.00 /m);
    assert.match(set, /^project +project +month +900\.00 /m);
    assert.match(set, /^provider +openai +day +30\.00 [\s\S]*^provider +openai +day +no cap /m);
    assert.match(set, /^key +m3d_dev_LocalDev +day +20\.00 /m);
  });
});

Deno.test("a user who has paid has the plan with the next token, by code and by SQL", async () => {
  const [code = "", ...others] = blocksOf("js");
  const [sql = "", ...moreSql] = blocksOf("sql");
  assert.deepEqual([...others, ...moreSql], []);
  const body = code.trim().replace(/^await /, "return ");
  const supabase = createClient(stack.projectUrl, stack.secrets.secretKey);
  const paid = new Function("supabase", "userId", body);

  const user = await newAccount("pia");
  const { error } = await paid(supabase, user.id);
  assert.equal(error, null);
  const { data } = await user.supabase.auth.refreshSession();
  assert.equal(planOf(data.session?.access_token), "pro");

  await withDatabase(async (database) => {
    const [before] = await database<{ data: string }[]>`
      select raw_app_meta_data::text as data from auth.users where email = 'test@example.com'
    `;
    try {
      await database.unsafe(sql);
      assert.equal(planOf((await signIn()).token), "pro");
    } finally {
      await database`
        update auth.users set raw_app_meta_data = ${before?.data ?? "{}"}::text::jsonb
        where email = 'test@example.com'
      `;
    }
  });
});

/** What a token says of its user's plan. */
function planOf(token = ""): unknown {
  return Object(decodeJwt(token)["app_metadata"]).plan;
}

/** Rows of the table under a heading, without its head. */
function tableUnder(heading: string): string[][] {
  const section = page.slice(page.indexOf(`## ${heading}\n`) + 3);
  return section.slice(0, section.indexOf("\n## ")).split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim().replaceAll("`", "")));
}

Deno.test("the page's defaults are those of a new project, and its alerts are all about money", async () => {
  // The development seed lifts what the migration has set.
  const migration = await Deno.readTextFile(
    join(repository, "supabase/schemas/10_tables/07_plans.sql"),
  );
  const numbers = migration.slice(migration.indexOf("insert into private.plans"));
  for (const [plan = "", ...cells] of tableUnder("Quotas of a user")) {
    const values = cells.map((cell) => cell === "no limit" ? "null" : String(Number(cell)));
    assert.ok(numbers.includes(`('${plan}', ${values.join(", ")})`), `${plan} ${values}`);
  }
  const limits = await Deno.readTextFile(
    join(repository, "supabase/schemas/10_tables/08_submit_limits.sql"),
  );
  const columns = ["project_usd_per_day", "project_usd_per_month", "provider_usd_per_day"];
  for (const [index, [, amount = ""]] of tableUnder("Caps of the project").slice(0, 3).entries()) {
    assert.ok(limits.includes(`${columns[index]} numeric(12, 2) default ${amount.slice(1)},`));
  }
  const alerts = await withDatabase((sql) =>
    sql<{ code: string }[]>`
      select code from monitoring.alert_kinds
      where code like 'budget%' or code in ('spend_rate', 'price_drift')
    `
  );
  assert.deepEqual(
    tableUnder("What you are told").map(([code]) => code).sort(),
    alerts.map(({ code }) => code).sort(),
  );
});

Deno.test("the page's example has the price of the list", () => {
  const request = { prompt: "A fox", model: "recraftv4_pro_vector", n: 6 };
  const { estimateUsd } = findOperation("recraft", "text-to-image")?.describe(request, undefined) ??
    { estimateUsd: 0 };
  assert.equal(Math.round(estimateUsd * 1e6) / 1e6, 1.8);
  assert.match(page, /`recraftv4_pro_vector`\s+is\s+6 × \$0\.30\s+=\s+\$1\.80/);
});
