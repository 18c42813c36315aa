/**
 * Loaded before a bundled function. The platform's Deno gives packages Node's globals by where they
 * come from; in a bundle they come from nowhere, and find what is here.
 */
import { Buffer } from "node:buffer";
import process from "node:process";
import { clearImmediate, setImmediate } from "node:timers";

for (
  const [name, value] of Object.entries({
    Buffer,
    process,
    clearImmediate,
    setImmediate,
    global: globalThis,
  })
) {
  if (!(name in globalThis)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
}
