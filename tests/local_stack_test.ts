import assert from "node:assert/strict";
import { join } from "node:path";
import { foldersOf, repository } from "../tools/local/stack/folders.ts";
import { findService, findStarter } from "../tools/local/stack/leftovers.ts";
import { run as runProgram } from "../tools/local/stack/run.ts";
import { loadSecrets } from "../tools/local/stack/settings.ts";
import { DevProcess } from "./support/dev_process.ts";
import { testPorts } from "./support/test_ports.ts";
import { waitUntil } from "./support/wait_until.ts";

const PORT = testPorts.localStack;
const { stack: folder } = foldersOf(PORT);

function dev(task: string, ...args: string[]): DevProcess {
  return new DevProcess(task, ["--port", String(PORT), ...args]);
}

/** Runs a command to its end, which must be a good one. Returns what it printed. */
async function run(task: string): Promise<string> {
  const process = dev(task);
  assert.equal(await process.end(), 0, process.printed);
  return process.printed;
}

/** Does something while a stack runs, then ends it by the signal and waits for its end. */
async function withStack(
  args: readonly string[],
  signal: Deno.Signal,
  work: (process: DevProcess) => Promise<void>,
): Promise<void> {
  const process = dev("dev", ...args);
  await process.waitFor("Ctrl-C");
  try {
    await work(process);
  } finally {
    // A Ctrl-C reaches this process, too, not only the one that started it.
    const starter = await findStarter(folder);
    if (starter) Deno.kill(starter, signal);
    await process.end();
  }
}

/** Statuses of so many uploads at the same moment. */
async function storeAtOnce(count: number): Promise<number[]> {
  const { secretKey } = await loadSecrets(folder);
  const uploads = Array.from({ length: count }, async (_, index) => {
    const response = await fetch(
      `http://127.0.0.1:${PORT}/storage/v1/object/inputs/anybody/${index}.png`,
      {
        method: "POST",
        headers: {
          apikey: secretKey,
          authorization: `Bearer ${secretKey}`,
          "content-type": "image/png",
        },
        body: new Uint8Array(8),
      },
    );
    await response.body?.cancel();
    return response.status;
  });
  return await Promise.all(uploads);
}

function processesOfStack(): string[] {
  const { stdout } = new Deno.Command("ps", { args: ["-eo", "args="] }).outputSync();
  const marks = [folder, ...Array.from({ length: 7 }, (_, index) => `127.0.0.1:${PORT + index}`)];
  return new TextDecoder()
    .decode(stdout)
    .split("\n")
    .filter((line) => marks.some((mark) => line.includes(mark)));
}

Deno.test(
  "a newcomer's way: dev, env, try, curl, Ctrl-C, and again with the data kept",
  async (t) => {
    let file = "";
    await withStack(["--fresh"], "SIGINT", async ({ printed }) => {
      await t.step("the first files can be stored at once", async () => {
        assert.deepEqual(await storeAtOnce(12), Array(12).fill(200));
      });
      await t.step("env prints what a client needs", async () => {
        const lines = await run("env");
        assert.ok(lines.split("\n").includes(`SUPABASE_URL=http://127.0.0.1:${PORT}`));
        assert.match(lines, /^TEST_USER_2_EMAIL=test-user@example\.com$/m);
      });
      await t.step("try saves an image", async () => {
        file = /Saved (\S+\.png)/.exec(await run("try"))?.[1] ?? "";
        const signature = (await Deno.readFile(file)).subarray(1, 4);
        assert.equal(new TextDecoder().decode(signature), "PNG");
        await Deno.remove(file);
      });
      await t.step("the printed curl submits a task", async () => {
        const command = /TOKEN=[\s\S]*?'\n(?=\n)/.exec(printed)?.[0] ?? "";
        const { stdout } = await new Deno.Command("sh", { args: ["-c", command] }).output();
        const answer = new TextDecoder().decode(stdout);
        assert.match(answer, /202 Accepted/);
        assert.match(answer, /celery_task_id/);
      });
      await t.step("a second start on the same port says so", async () => {
        const second = dev("dev");
        assert.equal(await second.end(), 1);
        assert.match(
          second.printed,
          new RegExp(`A stack is running on port ${PORT} already \\(process \\d+\\)`),
        );
      });
    });
    await t.step("nothing is left running", () => assert.deepEqual(processesOfStack(), []));

    await withStack([], "SIGTERM", async () => {
      await t.step("the second start has the data of the first", async () => {
        const id = /([0-9a-f-]{36})\.png/.exec(file)?.[1] ?? "";
        const stored = [...walk(join(folder, "supabase-services"))];
        assert.ok(stored.some((path) => path.includes(id)));
        assert.match(await run("try"), /complete/);
      });
    });
    await t.step("nothing is left running again", () => assert.deepEqual(processesOfStack(), []));
  },
);

function* walk(directory: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(directory)) {
    const path = join(directory, name);
    yield path;
    if (isDirectory) yield* walk(path);
  }
}

Deno.test("the home folder of whoever starts a stack stays as it is", async () => {
  const home = await Deno.makeTempDir();
  const { denoDir: DENO_DIR }: { denoDir: string } = JSON.parse(
    await runProgram(Deno.execPath(), ["info", "--json"]),
  );
  const args = ["--port", String(PORT), "--fresh"];
  const process = new DevProcess("dev", args, repository, { HOME: home, DENO_DIR });
  try {
    await process.waitFor("Ctrl-C");
    assert.deepEqual([...Deno.readDirSync(home)], []);
  } finally {
    await process.stop();
    await Deno.remove(home, { recursive: true });
  }
});

Deno.test("stop ends a stack whoever started it, and what is left of a killed one", async (t) => {
  const stop = async (): Promise<string> => await run("stop");
  await t.step("a running one", async () => {
    const process = dev("dev");
    await process.waitFor("Ctrl-C");
    assert.match(await stop(), /Stopped the stack on port \d+.*\n {2}starter \(process \d+\)\n/);
    assert.equal(await process.end(), 0, process.printed);
  });
  await t.step("a killed one", async () => {
    const killed = dev("dev");
    await killed.waitFor("Ctrl-C");
    const starter = await waitUntil("the starter", () => findStarter(folder));
    Deno.kill(starter, "SIGKILL");
    await killed.end();
    const printed = await stop();
    assert.match(printed, /was killed\. Stopped what it had left running:\n/);
    const names = ["postgres", "account", "generation", "operator", "tasks-status", "simulators"];
    for (const name of [...names, "supabase-services"]) {
      assert.match(printed, new RegExp(`\\n {2}${name} \\(process \\d+\\)`));
    }
  });
  assert.deepEqual(processesOfStack(), []);
  await t.step("none", async () => assert.match(await stop(), /No stack is running on port \d+/));
});

Deno.test("stop leaves alone what has only the number of a process of the stack", async () => {
  const stranger = new Deno.Command("sleep", { args: ["600"] }).spawn();
  const record = join(folder, "processes.json");
  const process = { pid: stranger.pid, command: "postgres -D elsewhere" };
  const services = [{ name: "postgres", ...process }];
  await Deno.writeTextFile(record, JSON.stringify({ starter: process, services }));
  try {
    assert.match(await run("stop"), /No stack is running/);
    assert.ok(findProcess(stranger.pid), "the stranger lives");
  } finally {
    stranger.kill("SIGKILL");
    await stranger.status;
  }
});

function findProcess(pid: number): boolean {
  return new Deno.Command("ps", { args: ["-p", String(pid)] }).outputSync().success;
}

Deno.test("a service that crashes is told of, and what was logged is shown to people", async (t) => {
  await withStack([], "SIGINT", async (process) => {
    await t.step("dev says that it is started again", async () => {
      const pid = await findService(folder, "functions/account/");
      assert.ok(pid);
      Deno.kill(pid, "SIGKILL");
      await process.waitFor("account has ended (SIGKILL), and is started again. Its log: ");
    });
    const id = /([0-9a-f-]{36})\.png/.exec(await run("try"))?.[1] ?? "";
    await t.step("logs of a task", async () => {
      const logs = new DevProcess("logs", [id, "--port", String(PORT)]);
      assert.equal(await logs.end(), 0, logs.printed);
      const lines = logs.printed.trim().split("\n").filter((line) => /^\d\d:/.test(line));
      assert.match(lines[0] ?? "", /^\d\d:\d\d:\d\d\.\d{3}Z info {2}generation {3}task accepted /);
      // The line of the request names no task: it is found by the request.
      const submit = lines.some((line) => /generation {3}request .*method=POST/.test(line));
      assert.ok(submit, logs.printed);
      assert.ok(lines.some((line) => /worker {7}step ended .*outcome=complete/.test(line)));
    });
    await t.step("only the last lines, of one service", async () => {
      const options = ["--service", "worker", "--lines", "1", "--port", String(PORT)];
      const logs = new DevProcess("logs", options);
      await logs.end();
      assert.equal(logs.printed.match(/^\d\d:.*Z \w+ +worker /gm)?.length, 1, logs.printed);
    });
    await t.step("a service that there is not", async () => {
      const logs = new DevProcess("logs", ["--service", "wroker", "--port", String(PORT)]);
      assert.equal(await logs.end(), 1);
      assert.match(logs.printed, /No service wroker; did you mean worker\?/);
    });
    await t.step("what comes", async () => {
      const logs = new DevProcess("logs", ["--follow", "--lines", "0", "--port", String(PORT)]);
      const next = /([0-9a-f-]{36})\.png/.exec(await run("try"))?.[1] ?? "none";
      await logs.waitFor(next);
      await logs.stop();
    });
  });
});

Deno.test("what a killed stack leaves behind does not stop the next", async () => {
  const killed = dev("dev");
  await killed.waitFor("Ctrl-C");
  const starter = await waitUntil("the starter", () => findStarter(folder));
  Deno.kill(starter, "SIGKILL");
  await killed.end();
  assert.ok(await findService(folder, "functions/generation/"), "a function outlives its stack");
  await withStack([], "SIGINT", async () => {
    assert.match(await run("try"), /complete/);
  });
  assert.deepEqual(processesOfStack(), []);
});

Deno.test("files of a stack that were cut short are told of, or do no harm", async () => {
  const secrets = join(folder, "secrets.json");
  const text = await Deno.readTextFile(secrets);
  await Deno.writeTextFile(join(folder, "processes.json"), "");
  await Deno.writeTextFile(secrets, "{");
  const process = dev("dev");
  assert.equal(await process.end(), 1);
  assert.match(process.printed, /Cannot read .*secrets\.json.*--fresh/);

  await Deno.writeTextFile(secrets, text);
  await withStack([], "SIGINT", async () => {
    assert.match(await run("try"), /complete/);
  });
});

Deno.test("a data folder whose making broke off is made anew", async () => {
  await Deno.remove(join(folder, "postgres", "initialized"));
  await withStack([], "SIGINT", async () => {
    assert.match(await run("try"), /complete/);
  });
});

Deno.test("a taken port is named, with what to do", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: PORT + 1 });
  try {
    const process = dev("dev");
    assert.equal(await process.end(), 1);
    assert.match(
      process.printed,
      new RegExp(`Port ${PORT + 1} \\(for database\\) is taken.*--port ${PORT + 100}`),
    );
  } finally {
    listener.close();
  }
});

Deno.test("without a stack, try and env say how to start one", async () => {
  for (const task of ["try", "env"]) {
    const process = dev(task);
    assert.equal(await process.end(), 1);
    assert.match(
      process.printed,
      new RegExp(`No stack is running on port ${PORT}.* task dev --port ${PORT}`),
    );
  }
});

Deno.test("options that make no sense are refused in words", async () => {
  for (
    const args of [
      ["--port", "80"],
      ["--port", "many"],
      ["--prot", "54321"],
    ]
  ) {
    const process = new DevProcess("dev", args);
    assert.equal(await process.end(), 1);
    assert.match(process.printed, /--port|--prot/);
    assert.doesNotMatch(process.printed, /at file:/);
  }
});
