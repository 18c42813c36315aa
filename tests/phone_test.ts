import { createClient } from "@supabase/supabase-js";
import assert from "node:assert/strict";
import { join } from "node:path";
import { foldersOf, repository } from "../tools/local/stack/folders.ts";
import { loadSecrets, portsFrom, SEED } from "../tools/local/stack/settings.ts";
import { drawImage } from "../simulators/images.ts";
import { DevProcess } from "./support/dev_process.ts";
import { testPorts } from "./support/test_ports.ts";
import { waitUntil } from "./support/wait_until.ts";

/** What docs/phone.md starts the stack with, by the beginning of its options. */
async function optionsOfPage(beginning: string): Promise<string[]> {
  const page = await Deno.readTextFile(join(repository, "docs/phone.md"));
  const commands = [...page.matchAll(/^npx -y (?:--prefer-offline )?deno@2\.9\.6 task dev (.+)$/gm)]
    .map(([, options = ""]) => options);
  const options = commands.find((one) => one.startsWith(beginning));
  assert.ok(options, `No command with ${beginning}`);
  return options.replace("54321", String(PORT)).split(" ");
}

const PORT = testPorts.phone;
const ports = portsFrom(PORT);

/** This machine's address in its network: requests to it come from it, and from no loopback. */
function networkAddress(): string {
  const interfaces = Deno.networkInterfaces();
  const found = interfaces.find(({ family, address }) =>
    family === "IPv4" && !address.startsWith("127.")
  );
  if (!found) throw new Error("This test needs a machine with an address in a network");
  return found.address;
}

/** What a command for the stack prints. */
async function printedBy(task: string, ...args: string[]): Promise<string> {
  const command = new DevProcess(task, [...args, "--port", String(PORT)]);
  assert.equal(await command.end(), 0, command.printed);
  return command.printed;
}

/** A user who is signed in by an address. */
async function signInAt(url: string) {
  const { publishableKey } = await loadSecrets(foldersOf(PORT).stack);
  const supabase = createClient(url, publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const { data, error } = await supabase.auth.signInWithPassword(SEED.users[0]);
  if (error) throw error;
  const call = async (path: string, options: object): Promise<Record<string, unknown>> => {
    const headers = { "X-API-Key": SEED.apiKey };
    const answer = await supabase.functions.invoke(path, { headers, ...options });
    return answer.error ? await answer.error.context.json() : answer.data;
  };
  return { supabase, call, id: data.user.id };
}

Deno.test("from a second address the API works, and nothing else is there", async (t) => {
  const address = networkAddress();
  const url = `http://${address}:${PORT}`;
  const options = ["--port", String(PORT), "--fresh", ...await optionsOfPage("--host")];
  const dev = new DevProcess("dev", options);
  try {
    await dev.waitFor("Ctrl-C");
    await t.step("the start says what apps know it by", () => {
      assert.match(dev.printed, new RegExp(`For phones +${url}\\n`));
    });
    await t.step("and so do the settings that an app is built with", async () => {
      assert.match(await printedBy("env", "--app"), new RegExp(`^SUPABASE_URL=${url}$`, "m"));
      // What is done on this machine goes on by its own address.
      assert.match(
        await printedBy("env"),
        new RegExp(`^SUPABASE_URL=http://127.0.0.1:${PORT}$`, "m"),
      );
    });
    await t.step("an app uploads, asks and reads its result there", () => useApp(url));
    await t.step("every control route is a 404, also by other names of this machine", async () => {
      const paths = ["/_calls", "/_faults", "/_faults/openai", "/_headers", "/_health"];
      for (const path of [...paths, "/_worker/kill", "/_postgres/restart"]) {
        for (const method of ["GET", "POST", "PUT", "DELETE"]) {
          const response = await fetch(url + path, { method });
          await response.body?.cancel();
          assert.equal(response.status, 404, `${method} ${path}`);
        }
      }
    });
    await t.step("no other part of the stack listens there", async () => {
      for (const [name, port] of Object.entries(ports).filter(([name]) => name !== "gateway")) {
        await assert.rejects(Deno.connect({ hostname: address, port }), name);
      }
    });
    await t.step("on the loopback the project and the simulators are as ever", async () => {
      const calls = await fetch(`http://127.0.0.1:${ports.simulators}/_calls`);
      assert.equal(calls.status, 200);
      await calls.body?.cancel();
      const health = await fetch(`http://localhost:${PORT}/functions/v1/generation/health`);
      assert.equal(health.status, 200);
      await health.body?.cancel();
    });
  } finally {
    await dev.stop();
  }
});

async function useApp(url: string): Promise<void> {
  const { supabase, call, id } = await signInAt(url);
  const size = { width: 300, height: 300 };
  const bytes = await drawImage({ ...size, seed: "phone", index: 0, format: "png" });
  const path = `${id}/phone.png`;
  const file = new File([bytes], "phone.png", { type: "image/png" });
  assert.equal((await supabase.storage.from("inputs").upload(path, file)).error, null);
  const { publicUrl } = supabase.storage.from("inputs").getPublicUrl(path).data;

  const submit = (origin: string): Promise<Record<string, unknown>> =>
    call("generation/remove-background", {
      body: {
        task_id: crypto.randomUUID(),
        provider: "stability",
        input_image_asset_url: publicUrl.replace(url, origin),
      },
    });
  const names = ["127.0.0.1", "localhost", "10.0.2.2"].map((name) => `http://${name}:${PORT}`);
  const ids = await Promise.all([url, ...names].map(async (origin) => {
    const { celery_task_id, status_url, ...answer } = await submit(origin);
    assert.ok(String(status_url).startsWith(url), JSON.stringify([origin, answer]));
    return String(celery_task_id);
  }));
  const refusal = await submit("http://10.0.0.9:54321");
  assert.match(String(refusal["message"]), new RegExp(`as ${url}/storage/v1/object/`));

  for (const id of ids) {
    const task = await waitUntil("the end of the task", async () => {
      const status = await call(`tasks/${id}/status`, { method: "GET" });
      return status["finished_at"] ? status : undefined;
    });
    assert.equal(task["status"], "complete");
    assert.ok(String(task["asset_url"]).startsWith(`${url}/storage/v1/object/public/generated/`));
    const image = await fetch(String(task["asset_url"]));
    assert.equal(image.headers.get("content-type"), "image/png");
    await image.body?.cancel();
  }
}

/** Tables whose rows name results, and how. */
const RESULTS = { tasks: "asset_urls", concept_images: "asset_url" };

Deno.test("one address of this machine is listened on beside its own, and known by another URL", async (t) => {
  const address = networkAddress();
  const [option = "", url = ""] = await optionsOfPage("--public-url http://10.0.2.2");
  const options = ["--port", String(PORT), "--host", address, option, url];
  const dev = new DevProcess("dev", options);
  try {
    await dev.waitFor("Ctrl-C");
    assert.match(dev.printed, new RegExp(`For phones +${url}\\n`));
    for (const host of [address, "127.0.0.1"]) {
      const { call } = await signInAt(`http://${host}:${PORT}`);
      const accepted = await call("generation/text-to-image", {
        body: { task_id: crypto.randomUUID(), provider: "openai", prompt: "a bird" },
      });
      assert.ok(String(accepted["status_url"]).startsWith(`${url}/functions/v1/tasks/`));
    }
    await t.step("results of before are named by it, in rows and by their status", async () => {
      const { supabase, call } = await signInAt(`http://127.0.0.1:${PORT}`);
      for (const [table, column] of Object.entries(RESULTS)) {
        const { data } = await supabase.from(table).select(column).eq("status", "complete");
        assert.ok(data && data.length >= 4, table);
        for (const row of data) {
          assert.match(JSON.stringify(row), new RegExp(`"${url}/storage/v1/object/public/`));
        }
      }
      const { data } = await supabase.from("tasks").select("id").eq("status", "complete");
      const status = await call(`tasks/${data?.[0]?.id}/status`, { method: "GET" });
      assert.ok(String(status["asset_url"]).startsWith(`${url}/storage/`), JSON.stringify(status));
    });
    await t.step("who tries it on this machine gets the file all the same", async () => {
      assert.match(await printedBy("try"), /\nSaved \S+\.png\n/);
    });
  } finally {
    await dev.stop();
  }
});

Deno.test("an address that is not this machine's, and a URL of no sense, are refused in words", async (t) => {
  const cases = {
    "--host=203.0.113.9": /203\.0\.113\.9 is no address of this machine.*--host/,
    "--host=my-laptop": /--host must be an address.*0\.0\.0\.0.*my-laptop/,
    "--public-url=192.168.1.5": /--public-url must be like http:\/\//,
    "--public-url=http://a.example/path": /--public-url must be like http:\/\//,
  };
  for (const [option, words] of Object.entries(cases)) {
    await t.step(option, async () => {
      const dev = new DevProcess("dev", ["--port", String(PORT), option]);
      assert.equal(await dev.end(), 1);
      assert.match(dev.printed, words);
    });
  }
});
