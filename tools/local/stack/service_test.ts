import assert from "node:assert/strict";
import { join } from "node:path";
import { Service } from "./service.ts";

/** Runs a shell script as a service in a folder of its own, for the time of a test. */
async function withService(
  script: string,
  test: (service: Service, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const service = new Service({
    name: "script",
    program: "sh",
    args: ["-c", script],
    cwd: folder,
    host: { logFolder: folder, onSpawn: () => {} },
    isReady: () => Deno.stat(join(folder, "ready")).then(() => true, () => false),
  });
  try {
    await test(service, folder);
  } finally {
    await service.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a service that fails once is started again", async () => {
  const script = "test -e tried || { touch tried; exit 1; }; touch ready; exec sleep 60";
  await withService(script, async (service) => {
    await service.start();
    assert.notEqual(service.pid, undefined);
  });
});

Deno.test("a service that always fails is given up, with the end of its log", async () => {
  await withService("echo once >> starts; echo Broken; exit 1", async (service, folder) => {
    await assert.rejects(service.start(), /Cannot start script[\s\S]*Broken/);
    const starts = await Deno.readTextFile(join(folder, "starts"));
    assert.equal(starts, "once\n".repeat(3));
  });
});
