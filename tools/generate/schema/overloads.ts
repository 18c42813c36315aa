import type { Statement } from "./statements.ts";

/**
 * Gives functions that share a name in either version their parameters as part of it, so that each
 * is compared with its own earlier version: while old functions run, a new signature stands beside
 * the one that they call.
 */
export function tellOverloadsApart(
  before: readonly Statement[],
  after: readonly Statement[],
): readonly [before: readonly Statement[], after: readonly Statement[]] {
  const overloaded = overloadsIn(before).union(overloadsIn(after));
  const apart = (statement: Statement): Statement =>
    overloaded.has(statement.object) ? withParameters(statement) : statement;
  // A comment that names no parameters is replaced by those that do.
  const isReplaced = ({ object }: Statement): boolean =>
    object.startsWith("comment ") && overloaded.has(object.slice("comment ".length));
  return [before.filter((statement) => !isReplaced(statement)).map(apart), after.map(apart)];
}

function overloadsIn(statements: readonly Statement[]): ReadonlySet<string> {
  const functions = statements.filter(({ signature }) => signature !== "");
  const byName = Map.groupBy(functions, ({ object }) => object);
  return new Set([...byName].filter(([, same]) => same.length > 1).map(([object]) => object));
}

function withParameters(statement: Statement): Statement {
  const [, parameters = ""] = /\w(\(.*\))\s+returns\b/s.exec(statement.signature) ?? [];
  return { ...statement, object: statement.object + parameters.replaceAll(/\s+/g, " ") };
}
