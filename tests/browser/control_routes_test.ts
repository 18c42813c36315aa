import assert from "node:assert/strict";
import { faultsBody } from "../../tools/local/stack/control/bodies.ts";
import { findService } from "../../tools/local/stack/leftovers.ts";
import { controlled } from "../support/gateway_control.ts";
import { stack } from "../support/stack.ts";
import { withPage } from "./support/with_page.ts";

const FAULT = JSON.stringify({ provider: "openai", kind: "refused", times: 1 });

/**
 * Runs in a page of another origin: sends in every way that a page has, to the gateway and to the
 * simulated services; returns what it could read.
 */
const BREAK_ALL = `(async () => {
  const read = [];
  const attempt = async (url, options) => {
    try {
      const answer = await fetch(url, options);
      if (answer.type !== "opaque") read.push(url + " " + answer.status);
    } catch { /* Refused by the browser. */ }
  };
  const body = ${JSON.stringify(FAULT)};
  const json = { "content-type": "application/json" };
  for (const origin of ${JSON.stringify([stack.projectUrl, stack.simulatorUrl])}) {
    await attempt(origin + "/_calls");
    await attempt(origin + "/_calls", { mode: "no-cors" });
    await attempt(origin + "/_faults", { method: "DELETE" });
    for (const path of ["/_faults", "/_worker/kill", "/_postgres/restart"]) {
      const sent = path === "/_faults" ? body : "{}";
      await attempt(origin + path, { method: "POST", headers: json, body: sent });
      await attempt(origin + path, { method: "POST", mode: "no-cors", body: sent });
      navigator.sendBeacon(origin + path, sent);
      navigator.sendBeacon(origin + path, new Blob([sent], { type: "application/json" }));
      const frame = document.createElement("iframe");
      frame.name = origin + path;
      const form = document.createElement("form");
      Object.assign(form, {
        method: "post", enctype: "text/plain", action: origin + path, target: frame.name,
      });
      const field = document.createElement("input");
      // As text this is JSON: the name, "=", and the value.
      field.name = sent === "{}" ? '{"a":"' : sent.slice(0, -1) + ',"a":"';
      field.value = '"}';
      form.append(field);
      document.body.append(frame, form);
      const answered = new Promise((resolve) => frame.onload = resolve);
      form.submit();
      await answered;
    }
  }
  return read;
})()`;

async function condition(): Promise<unknown> {
  const { faults } = await controlled(faultsBody, "GET", "/_faults");
  const log = await Deno.readTextFile(`${stack.folder}/logs/worker.log`);
  return {
    faults,
    postgres: await findService(stack.folder, "bin/postgres"),
    crashes: log.split("\n").filter((line) => line.includes('"reason":"crash"')).length,
  };
}

Deno.test("a page of another origin breaks nothing of the stack on its machine, and reads nothing", async () => {
  const before = await condition();
  await withPage(async (page) => {
    assert.deepEqual(await page.evaluate<readonly string[]>(BREAK_ALL), []);
  });
  assert.deepEqual(await condition(), before);
});
