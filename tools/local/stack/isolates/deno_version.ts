/** The Deno that runs a function, and how it is asked to behave as the platform's runtime. */
export interface DenoVersion {
  readonly program: string;
  /** `--allow-env` and what it needs. */
  allowEnv(names: readonly string[]): readonly string[];
  readonly options: readonly string[];
}

/** The one that runs the stack. */
export const ownDeno: DenoVersion = {
  program: Deno.execPath(),
  // Libraries look for settings of their own; they are to find none, not to fail.
  allowEnv: (names) => [`--allow-env=${names.join(",")}`, "--ignore-env"],
  // Else a newer Deno than the platform's prints a notice about requests' signals.
  options: ["--unstable-no-legacy-abort"],
};

/** The one of the platform's version (`installTool(…, "hostedDeno")`). */
export function hostedDeno(program: string): DenoVersion {
  return {
    program,
    // It cannot be told to say that what it does not allow is not set.
    allowEnv: () => ["--allow-env"],
    // The lock file is of a newer format.
    options: ["--no-lock"],
  };
}
