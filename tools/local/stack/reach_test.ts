import assert from "node:assert/strict";
import { listenedHosts, publicUrlFor } from "./reach.ts";

const ownAddress = (): string => "192.168.1.5";

Deno.test("without a word only this machine reaches the project", () => {
  assert.deepEqual(listenedHosts({}), ["127.0.0.1"]);
  assert.equal(publicUrlFor({}, 54321, ownAddress), undefined);
});

Deno.test("an address is listened on beside this machine's, and apps know the project by it", () => {
  const reach = { host: "192.168.1.5" };
  assert.deepEqual(listenedHosts(reach), ["127.0.0.1", "192.168.1.5"]);
  assert.equal(publicUrlFor(reach, 54321), "http://192.168.1.5:54321");
  assert.equal(publicUrlFor({ host: "fd00::2" }, 54321), "http://[fd00::2]:54321");
});

Deno.test("of all addresses apps know the one in the network, if there is one", () => {
  const reach = { host: "0.0.0.0" };
  assert.deepEqual(listenedHosts(reach), ["0.0.0.0"]);
  assert.equal(publicUrlFor(reach, 54321, ownAddress), "http://192.168.1.5:54321");
  assert.equal(publicUrlFor(reach, 54321, () => undefined), undefined);
});

Deno.test("a URL that was given is the one, wherever the project listens", () => {
  const publicUrl = "https://tunnel.example";
  assert.equal(publicUrlFor({ publicUrl }, 54321, ownAddress), publicUrl);
  assert.equal(publicUrlFor({ publicUrl, host: "0.0.0.0" }, 54321, ownAddress), publicUrl);
});
