import assert from "node:assert/strict";
import { asClient, asCurl } from "./copy_as.ts";

const REQUEST = {
  url: "https://ref.example",
  operation: "image-to-model",
  taskId: "my-task-1",
  body: {
    provider: "tripo",
    prompt: `It's a "hat" $HOME`,
    input_image_asset_urls: ["https://ref.example/a.png", null],
    pbr: true,
  },
};

Deno.test("a program has the client's names, and is the same request", () => {
  const program = asClient(REQUEST);
  const [, operation, body, options] =
    /generate\(("[^"]+"), (\{.*\n\}), (\{.*\})\);/s.exec(program) ??
      [];
  assert.equal(operation, '"image-to-model"');
  const given = new Function(`return [${body}, ${options}]`)();
  assert.deepEqual(given, [{
    provider: "tripo",
    prompt: `It's a "hat" $HOME`,
    images: ["https://ref.example/a.png", null],
    pbr: true,
  }, { taskId: "my-task-1" }]);
});

Deno.test("a shell reads the very request, whatever is in it", async () => {
  // A stand-in for curl that prints its arguments, each ended by a NUL.
  const script = `curl() { printf '%s\\0' "$@"; }\n${asCurl(REQUEST)}`;
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", script],
    env: { TOKEN: "token-1", API_KEY: "m3d_1" },
  }).output();
  const parts = new TextDecoder().decode(stdout).split("\0");
  assert.equal(parts[0], "https://ref.example/functions/v1/generation/image-to-model");
  assert.ok(parts.includes("Authorization: Bearer token-1") && parts.includes("X-API-Key: m3d_1"));
  assert.deepEqual(JSON.parse(parts[parts.indexOf("-d") + 1] ?? ""), {
    task_id: "my-task-1",
    ...REQUEST.body,
  });
});
