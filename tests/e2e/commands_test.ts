import assert from "node:assert/strict";
import { DevProcess } from "../support/dev_process.ts";
import { operatorTask, operatorTaskEnding } from "../support/operator_task.ts";
import { stack, withDatabase } from "../support/stack.ts";
import { withProject } from "../properties/database.ts";
import { repository } from "../../tools/local/stack/folders.ts";

interface Ending {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command with other settings, and keeps its two outputs apart. */
async function run(env: Readonly<Record<string, string>>, ...args: string[]): Promise<Ending> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", ...args],
    cwd: repository,
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
  });
  const { code, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

const PORT = String(stack.ports.gateway);
const OWN_DATABASE =
  `127.0.0.1:${stack.ports.database}/postgres, of the local stack on port ${PORT}`;

Deno.test("each command that acts on a database names it first, without its password", async (t) => {
  const commands = [
    ["status"],
    ["lanes", "list"],
    ["keys", "list"],
    ["users", "list"],
    ["plans", "list"],
    ["budgets", "list"],
    ["submits", "status"],
    ["replay"],
    ["sql", "select 1"],
  ];
  for (const command of commands) {
    await t.step(command.join(" "), async () => {
      const { stdout, stderr } = await run({}, ...command, "--port", PORT);
      assert.equal(stdout.split("\n")[0], `Database: ${OWN_DATABASE}`, stdout);
      assert.doesNotMatch(stdout + stderr, new RegExp(stack.secrets.databasePassword));
    });
  }
});

Deno.test("an explicit port wins over DATABASE_URL, and without one that is the database", async () => {
  const elsewhere = { DATABASE_URL: "postgres://postgres:secret-word@127.0.0.1:1/other" };
  const own = await run(elsewhere, "lanes", "list", "--port", PORT);
  assert.equal(own.code, 0, own.stderr);
  assert.ok(own.stdout.startsWith(`Database: ${OWN_DATABASE}\n`), own.stdout);

  const other = await run(elsewhere, "lanes", "list");
  assert.equal(other.code, 1);
  assert.match(other.stderr, /^Cannot reach the database at 127\.0\.0\.1:1: /);
  assert.doesNotMatch(other.stderr, /secret-word/);

  const { DATABASE_URL = "", DATABASE_CA = "" } = stack.environment;
  const same = await run({ DATABASE_URL, DATABASE_CA }, "lanes", "list");
  assert.ok(same.stdout.startsWith(`Database: ${OWN_DATABASE}\n`), same.stdout);
});

Deno.test("a key of the local stack is a dev key, one of another database a live one", async () => {
  const printed = await operatorTask("keys", "create", "--client", "Try");
  const [key = ""] = /^m3d_dev_\w+/m.exec(printed) ?? [];
  assert.ok(key, printed);
  await withDatabase((sql) => sql`delete from private.api_keys where prefix = ${key.slice(0, 16)}`);

  const forTests = await operatorTask("keys", "create", "--client", "Try", "--environment", "test");
  const [test = ""] = /^m3d_test_\w+/m.exec(forTests) ?? [];
  assert.ok(test, forTests);
  await withDatabase((sql) =>
    sql`delete from private.api_keys where prefix = ${test.slice(0, 16)}`
  );
});

Deno.test("env prints only what may be in an app, or says that there are secrets", async () => {
  const app = await run({}, "env", "--app", "--port", PORT);
  const names = app.stdout.trim().split("\n").map((line) => line.split("=")[0]);
  assert.deepEqual(names.slice(0, 3), ["SUPABASE_URL", "SUPABASE_PUBLISHABLE_KEY", "API_KEY"]);
  for (const secret of ["databasePassword", "secretKey", "workerSecret", "jwtSecret"] as const) {
    assert.ok(!app.stdout.includes(stack.secrets[secret]), secret);
  }
  assert.equal(app.stderr, "");

  const all = await run({}, "env", "--port", PORT);
  assert.match(all.stdout, /^SUPABASE_SECRET_KEY=sb_secret_/m);
  assert.match(all.stderr, /secrets.*--app/);
});

Deno.test("sql prints rows, changes nothing unless told to, and says where a mistake is", async (t) => {
  await t.step("a table, columns of one name too", async () => {
    const printed = await operatorTask(
      "sql",
      "select 1 as n, 'a' as word, 2 as n; select 3 as more",
    );
    assert.match(printed, /\nn {2}word {2}n\n1 {2}a {5}2\n\(1 row\)\n\nmore\n {3}3\n\(1 row\)\n/);
  });
  await t.step("what is too wide for the terminal is a line for each column, whole", async () => {
    const wide = "select repeat('x', 100) as long, null as nothing";
    const { stdout } = await run({}, "sql", wide, "--port", PORT);
    for (const line of stdout.split("\n").slice(1)) assert.ok(line.length <= 80, line);
    assert.equal(stdout.match(/x/g)?.length, 100);
  });
  await t.step("a change is refused, and made with --write", async () => {
    const change =
      "update private.limits set user_stored_files = user_stored_files returning 1 as n";
    const refused = await operatorTaskEnding(1, "sql", change);
    assert.match(refused, /cannot execute UPDATE.*\nNothing was changed.*--write/);
    assert.match(await operatorTask("sql", change, "--write"), /\nn\n1\n\(1 row\)/);
  });
  await t.step("a mistake", async () => {
    const printed = await operatorTaskEnding(1, "sql", "select 1,\n  frmo");
    assert.match(printed, /column "frmo" does not exist \(line 2: frmo\)/);
  });
  await t.step("nothing to run, or too much", async () => {
    assert.match(await operatorTaskEnding(1, "sql"), /SQL in quotes, or --file PATH/);
    const both = await operatorTaskEnding(1, "sql", "select 1", "--file", "x.sql");
    assert.match(both, /SQL in quotes, or --file PATH/);
  });
  await t.step("a file, for a program", async () => {
    const file = `${repository}/supabase/snippets/lanes.sql`;
    const { stdout, stderr } = await run({}, "sql", "--json", "--file", file, "--port", PORT);
    const rows: { lane: string }[] = JSON.parse(stdout);
    assert.ok(rows.some(({ lane }) => lane === "openai"), stdout);
    assert.equal(stderr, `Database: ${OWN_DATABASE}\n`);
  });
});

Deno.test("lanes are listed, paused and resumed by name", async () => {
  assert.match(await operatorTask("lanes", "list"), /\nflux +0 +0 {2}0 of \d+ +open\n/);
  try {
    assert.match(
      await operatorTask("lanes", "pause", "flux"),
      /Open it again: .*lanes.* resume flux/,
    );
    const paused = await operatorTask("lanes", "list");
    assert.match(paused, /\nflux .* starts nothing until it is resumed\n/);
  } finally {
    assert.match(await operatorTask("lanes", "resume", "flux"), /\nflux is open/);
  }
  assert.match(await operatorTask("lanes", "list"), /\nflux .* open\n/);
  const unknown = await operatorTaskEnding(1, "lanes", "resume", "fluxx");
  assert.match(unknown, /No lane fluxx\. There are flux, openai/);
});

Deno.test("a lane says what its provider said, and for how long it starts nothing", async () => {
  await withProject(async (url) => {
    const set = await run(
      { DATABASE_URL: url },
      "sql",
      "--write",
      `update private.lanes set paused_until = now() + interval '25 seconds',
         consecutive_failures = 5, failing_since = now()
       where provider = (select min(provider) from private.lanes)`,
    );
    assert.equal(set.code, 0, set.stderr);
    const { stdout } = await run({ DATABASE_URL: url }, "lanes", "list");
    assert.match(stdout, /\n\w+ .* starts nothing for another 2\d s\n/);
  });
});

Deno.test("every command has a help, and refuses what it does not know", async (t) => {
  const commands = ["dev", "stop", "try", "logs", "env", "status", "deploy", "ok", "test", "bench"];
  for (const name of commands) {
    await t.step(name, async () => {
      const help = new DevProcess(name, ["--help"]);
      assert.equal(await help.end(), 0, help.printed);
      assert.match(help.printed, /\nUsage: .* task .*\n/);
      const wrong = new DevProcess(name, ["--halp"]);
      assert.notEqual(await wrong.end(), 0);
      assert.match(
        wrong.printed,
        /Unknown option: --halp\. Did you mean --help\?\nWhat there is: /,
      );
    });
  }
});

Deno.test("try says why a task waits, and how to end that", async () => {
  try {
    const refused = await operatorTaskEnding(1, "try", "--prompt", "sim:401");
    assert.match(refused, /The task ended as failed: /);
    const waiting = new DevProcess("try", ["--port", PORT]);
    await waiting.waitFor("waits: openai, for this user, is paused until ");
    const end = /\(401 Incorrect API key[^)]*\)\. End it: .* task lanes --port \d+ resume openai\n/;
    assert.match(waiting.printed, end);
    await operatorTask("lanes", "resume", "openai");
    assert.equal(await waiting.end(), 0, waiting.printed);
    assert.match(waiting.printed, /\nSaved \S+\.png\n/);
  } finally {
    await operatorTask("lanes", "resume", "openai");
  }
});

Deno.test("try, lanes and show say that a task waits because its provider is asked too often", async () => {
  const waiting = new DevProcess("try", ["--port", PORT, "--prompt", "sim:429"]);
  try {
    await waiting.waitFor("waits: openai says that it is asked too often (429 Rate limit");
    assert.match(waiting.printed, /Next try: [\d:]{8}Z; if that stays so, it is given up at/);
    const listed = await operatorTask("lanes", "list");
    assert.match(listed, /\nopenai .*(?:asked too often|one task sent away)/);
    assert.match(listed, /\n {4}provider_rate_limited: 429 Rate limit reached/);
    const [, id = ""] = /tasks\/([0-9a-f-]{36})\/status/.exec(waiting.printed) ?? [];
    const shown = await operatorTask("show", id);
    assert.match(shown, /\n {2}now +waits: openai says that it is asked too often \(429 Rate/);
    assert.match(shown, new RegExp(`task logs --port ${PORT} ${id}\n`));
    await withDatabase((sql) => sql`update public.tasks set deadline_at = now() where id = ${id}`);
    assert.equal(await waiting.end(), 1);
    // However often it is tried, it is said once.
    assert.equal(waiting.printed.match(/waits: /g)?.length, 1, waiting.printed);
  } finally {
    await waiting.stop();
    await operatorTask("lanes", "resume", "openai");
  }
});

Deno.test("logs shows what belongs to a task, and says so where that is nothing", async () => {
  const tried = await operatorTask("try");
  const [, id = ""] = /tasks\/([0-9a-f-]{36})\/status/.exec(tried) ?? [];
  const printed = await operatorTask("logs", id);
  for (const event of ["task accepted", "step started", "step ended"]) {
    assert.match(printed, new RegExp(`${event} .*task_id=${id}`));
  }
  assert.doesNotMatch(printed, /method=GET/);
  assert.match(await operatorTask("logs", id, "--polls"), /method=GET path=\S+ status=200/);
  assert.match(await operatorTaskEnding(1, "logs", "nope"), /No line names nope: it must be/);
});

Deno.test("try saves every result, and is told of nothing that it has asked for by itself", async () => {
  const printed = await operatorTask("try", "image-to-image");
  const files = [...printed.matchAll(/\nSaved (\S+-[12]\.png)/g)].map(([, file = ""]) => file);
  assert.equal(files.length, 2, printed);
  for (const file of files) assert.ok((await Deno.stat(file)).size > 1000);
  assert.doesNotMatch(printed, /Note: /);
});

Deno.test("try has any operation done, with a sample or a file of one's own", async (t) => {
  for (
    const operation of ["image-inpaint", "remove-background", "image-to-model", "refine-model"]
  ) {
    await t.step(operation, async () => {
      const printed = await operatorTask("try", operation);
      assert.match(printed, /\nSaved \S+\.(?:png|jpg|webp|glb)\n/);
      assert.doesNotMatch(printed, /Note: /);
    });
  }
  await t.step("another provider, and a file", async () => {
    const file = `${repository}/docs/samples/photo.png`;
    const options = ["--provider", "recraft", "--file", file, "--prompt", "In blue"];
    assert.match(await operatorTask("try", "image-to-image", ...options), /"provider":"recraft"/);
  });
  const mistakes: readonly (readonly [readonly string[], RegExp])[] = [
    [["text-to-music"], /No operation text-to-music\. There are image-to-image, text-to-image,/],
    [["text-to-image", "--provider", "tripo"], /offered by openai, .*, not by tripo/],
    [["text-to-image", "--file", "x.png"], /text-to-image takes no file/],
    [["remove-background", "--file", "/no/such.png"], /No such file/],
    [["remove-background", "--file", "/dev/null"], /must be one of \.png, \.jpg/],
  ];
  for (const [args, words] of mistakes) {
    await t.step(args.join(" "), async () => {
      assert.match(await operatorTaskEnding(1, "try", ...args), words);
    });
  }
});
