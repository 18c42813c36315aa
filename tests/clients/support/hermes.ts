import { join } from "node:path";
import { repository } from "../../../tools/local/stack/folders.ts";
import { run } from "../../../tools/local/stack/run.ts";
import { installPackage } from "../../../tools/local/stack/tools.ts";
import { stack } from "../../support/stack.ts";
import type { Printed, Recorded } from "./engine_program.ts";

/** What is copied beside the app, and what starts it there. */
const PROGRAMS = [
  "engine_globals.ts",
  "engine_program.ts",
  "kill_and_resume.ts",
  "lower_for_hermes.cjs",
  "recorder.ts",
];
const ENTRY = `
import { AbortController } from "abort-controller/dist/abort-controller";
import { runProgram } from "./engine_program.ts";
runProgram(AbortController, globalThis.recorded, globalThis.print);
`;

/** Meta builds its engine and its compiler for these only. */
const BINARIES: Readonly<Record<string, string>> = {
  "linux-x86_64": "linux64-bin",
  // Apple's processors run the other kind, too.
  "darwin-x86_64": "osx-bin",
  "darwin-aarch64": "osx-bin",
};

/** Where packages of Hermes have the programs for this machine; undefined: nowhere. */
export const hermesFolder = BINARIES[`${Deno.build.os}-${Deno.build.arch}`];

/** The first bytes of what `hermesc` writes: hermes, include/hermes/BCGen/HBC/BytecodeFileFormat.h. */
const MAGIC = 0x1f1903c103bc1fc6n;

/** Compiles a script by the compiler of an app's React Native. Returns how long the bytecode is. */
export async function compileByHermes(
  app: string,
  script: string,
): Promise<{ readonly length: number; readonly isBytecode: boolean }> {
  const compiler = join(app, "node_modules/hermes-compiler/hermesc", hermesFolder ?? "", "hermesc");
  const compiled = `${script}.hbc`;
  await run(compiler, ["-O", "-w", "-emit-binary", "-out", compiled, script]);
  const bytes = await Deno.readFile(compiled);
  const isBytecode = new DataView(bytes.buffer).getBigUint64(0, true) === MAGIC;
  return { length: bytes.length, isBytecode };
}

/**
 * Runs the program in the engine, with the package and the Babel of an app. The engine is that of React
 * Native 0.70: npm has no newer one that runs on a computer.
 *
 * @param recorded What the program finds as `recorded`.
 * @returns What it has printed.
 */
export async function runInHermes(app: string, recorded: Recorded): Promise<Printed> {
  for (const name of PROGRAMS) {
    await Deno.copyFile(join(repository, "tests/clients/support", name), join(app, name));
  }
  await Deno.writeTextFile(join(app, "engine_entry.js"), ENTRY);
  const bundle = ["bundle", "--quiet", "--no-lock", "--node-modules-dir=manual"];
  const output = ["--platform=browser", "--format=iife", "--output=whole.js"];
  await run(Deno.execPath(), [...bundle, ...output, "engine_entry.js"], { cwd: app });
  await run("node", ["lower_for_hermes.cjs", "whole.js", "lowered.js"], { cwd: app });
  const lowered = await Deno.readTextFile(join(app, "lowered.js"));
  const script = join(app, "in_hermes.js");
  await Deno.writeTextFile(script, `recorded = ${JSON.stringify(recorded)};\n${lowered}`);
  const engine = await installPackage(join(stack.tools, "hermes"), {
    package: "hermes-engine-cli",
    version: "0.12.0",
    path: `${hermesFolder}/hermes`,
  });
  return JSON.parse(await run(engine, ["-w", script]));
}
