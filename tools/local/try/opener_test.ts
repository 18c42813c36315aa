import assert from "node:assert/strict";
import { openerOf, type Place } from "./opener.ts";

const FILE = "/results/a hat.png";

function place(changes: Partial<Place> = {}): Place {
  return { os: "linux", env: { DISPLAY: ":0" }, isTerminal: true, ...changes };
}

Deno.test("a picture is opened as the desktop of the system does it", async (t) => {
  const cases: Readonly<Record<string, readonly [Partial<Place>, readonly string[]]>> = {
    "X11": [{}, ["xdg-open", FILE]],
    "Wayland": [{ env: { WAYLAND_DISPLAY: "wayland-0" } }, ["xdg-open", FILE]],
    "X11 behind SSH": [{ env: { DISPLAY: ":10", SSH_CONNECTION: "x" } }, ["xdg-open", FILE]],
    "macOS": [{ os: "darwin", env: {} }, ["open", FILE]],
    "Windows": [{ os: "windows", env: {} }, ["cmd", "/c", "start", "", FILE]],
    "CI that is switched off": [{ env: { DISPLAY: ":0", CI: "" } }, ["xdg-open", FILE]],
  };
  for (const [name, [changes, command]] of Object.entries(cases)) {
    await t.step(name, () => assert.deepEqual(openerOf(FILE, place(changes)), command));
  }
});

Deno.test("nothing is opened where nobody would see it", async (t) => {
  const cases: Readonly<Record<string, Partial<Place>>> = {
    "no desktop": { env: {} },
    "a desktop without a name": { env: { DISPLAY: "", WAYLAND_DISPLAY: "" } },
    "CI": { env: { DISPLAY: ":0", CI: "true" } },
    "CI on macOS": { os: "darwin", env: { CI: "1" } },
    "a pipe": { isTerminal: false },
    "a Mac behind SSH": { os: "darwin", env: { SSH_CONNECTION: "x" } },
    "a Windows behind SSH": { os: "windows", env: { SSH_CONNECTION: "x" } },
  };
  for (const [name, changes] of Object.entries(cases)) {
    await t.step(name, () => assert.equal(openerOf(FILE, place(changes)), undefined));
  }
});

Deno.test("models and drawings are not opened", () => {
  for (const name of ["model.glb", "drawing.svg", "png"]) {
    assert.equal(openerOf(`/results/${name}`, place()), undefined, name);
  }
  for (const name of ["a.jpg", "a.JPEG", "a.webp"]) assert.ok(openerOf(name, place()), name);
});
