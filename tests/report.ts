import { type NamedTest, type Report, sumOf } from "./run_tests.ts";

/** The end of a run: how many tests there were, those left out by name, and what failed as the last. */
export function reportLines(reports: readonly Report[]): string[] {
  const { passed, failed, ignored } = sumOf(reports);
  const counts = `${passed} passed, ${failed.length} failed, ${ignored.length} ignored`;
  return [
    ...named("Ignored", ignored),
    ...named("Failed", failed),
    counts,
  ];
}

function named(title: string, tests: readonly NamedTest[]): string[] {
  return tests.length === 0
    ? []
    : [`${title}:`, ...tests.map(({ file, name }) => `  ${file}: ${name}`), ""];
}
