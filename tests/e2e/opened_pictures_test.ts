import assert from "node:assert/strict";
import { delimiter, join } from "node:path";
import { repository } from "../../tools/local/stack/folders.ts";
import { run } from "../../tools/local/stack/run.ts";
import { stack } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";

const TRY = ["task", "try", "--port", String(stack.ports.gateway)];

interface Desktop {
  /** Runs `deno task try` and returns what it printed. */
  tried(where: "terminal" | "pipe", ...args: string[]): Promise<string>;
  /** What was opened, a file each. */
  opened(): Promise<readonly string[]>;
}

/** Notes what it is given, and shows it until the desktop is gone. */
const OPENER = `#!/bin/sh
folder=$(dirname "$0")
printf '%s\\n' "$@" >> "$folder/opened"
while [ -e "$0" ]; do sleep 0.1; done
`;

/** A desktop with a program that opens files, or without one. */
async function withDesktop(
  { hasOpener }: { readonly hasOpener: boolean },
  work: (desktop: Desktop) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const notes = join(folder, "opened");
  if (hasOpener) {
    for (const name of ["xdg-open", "open"]) {
      await Deno.writeTextFile(join(folder, name), OPENER, { mode: 0o755 });
    }
  } else {
    // All that the command needs else.
    await Deno.symlink((await run("sh", ["-c", "command -v ps"])).trim(), join(folder, "ps"));
  }
  const path = hasOpener ? `${folder}${delimiter}${Deno.env.get("PATH")}` : folder;
  const env = { PATH: path, DISPLAY: ":99", CI: "", SSH_CONNECTION: "", NO_COLOR: "1" };
  try {
    await work({
      tried: async (where, ...args) => {
        const command = [Deno.execPath(), ...TRY, ...args];
        const [program = "", ...rest] = where === "pipe" ? command : inTerminal(command);
        const options = { args: rest, cwd: repository, env, stdin: "null" } as const;
        const { stdout, stderr } = await new Deno.Command(program, options).output();
        const decoder = new TextDecoder();
        return (decoder.decode(stdout) + decoder.decode(stderr)).replaceAll("\r", "");
      },
      opened: async () =>
        (await Deno.readTextFile(notes).catch(() => "")).split("\n").filter(Boolean),
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The command in a terminal of its own: of util-linux, or of BSD and macOS. */
function inTerminal(command: readonly string[]): string[] {
  if (Deno.build.os === "darwin") return ["/usr/bin/script", "-q", "/dev/null", ...command];
  const words = command.map((word) => `'${word}'`).join(" ");
  return ["/usr/bin/script", "-qec", words, "/dev/null"];
}

function savedFile(printed: string): string {
  return /^Saved (\S+\.png)$/m.exec(printed)?.[1] ?? assert.fail(printed);
}

Deno.test("try opens the image that it has saved, and does not wait until it is closed", async () => {
  await withDesktop({ hasOpener: true }, async ({ tried, opened }) => {
    const printed = await tried("terminal");
    const file = savedFile(printed);
    assert.match(printed, /^Opened with \S+; --no-open leaves that out$/m);
    await waitUntil("the image on the desktop", async () => (await opened()).length > 0);
    assert.deepEqual(await opened(), [file]);
  });
});

Deno.test("try opens one image of several", async () => {
  await withDesktop({ hasOpener: true }, async ({ tried, opened }) => {
    const printed = await tried("terminal", "image-to-image");
    assert.equal(printed.match(/^Saved /gm)?.length, 2, printed);
    await waitUntil("the image on the desktop", async () => (await opened()).length > 0);
    assert.deepEqual(await opened(), [savedFile(printed)]);
  });
});

Deno.test("try opens nothing in a pipe, nor where it is told so", async () => {
  await withDesktop({ hasOpener: true }, async ({ tried, opened }) => {
    for (const printed of [await tried("pipe"), await tried("terminal", "--no-open")]) {
      savedFile(printed);
      assert.doesNotMatch(printed, /^(?:Opened|Cannot open)/m);
    }
    assert.deepEqual(await opened(), []);
  });
});

Deno.test("where the desktop cannot open it, try says so in a line, and has saved it", async () => {
  await withDesktop({ hasOpener: false }, async ({ tried }) => {
    const printed = await tried("terminal");
    assert.ok((await Deno.stat(savedFile(printed))).size > 1000);
    assert.match(printed, /\nCannot open it here: [^\n]+\n$/);
  });
});
