import assert from "node:assert/strict";
import { stack } from "../support/stack.ts";
import { withPlayground } from "./support/with_playground.ts";

Deno.test("the playground opens signed in, and every view has a heading and a link", async (t) => {
  await withPlayground(async (page) => {
    for (const view of ["Create", "Compare", "Gallery", "Break it", "Operate"]) {
      await t.step(view, async () => {
        await page.getByRole("navigation").getByRole("link", { name: view, exact: true }).click();
        await page.getByRole("heading", { level: 1 }).waitFor();
      });
    }
    await page.getByText("test@example.com").waitFor();
  });
});

Deno.test("pages of other origins and other names of this machine learn nothing of the test users", async () => {
  const settings = `${stack.projectUrl}/playground.json`;
  const own = await fetch(settings, { headers: { origin: "http://evil.example" } });
  await own.body?.cancel();
  assert.equal(own.headers.get("access-control-allow-origin"), null);
  const { hostname, port } = new URL(stack.projectUrl);
  const request = `GET /playground.json HTTP/1.1\r\nHost: rebound.example:${port}\r\n` +
    "Connection: close\r\n\r\n";
  const connection = await Deno.connect({ hostname, port: Number(port) });
  await connection.write(new TextEncoder().encode(request));
  const answer = await new Response(connection.readable).text();
  assert.doesNotMatch(answer, /@example\.com/);
});
