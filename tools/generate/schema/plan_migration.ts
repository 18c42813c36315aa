import { tellOverloadsApart } from "./overloads.ts";
import type { Statement } from "./statements.ts";

/** What a migration must do that no copy of a source can do. */
export interface Omission {
  readonly object: string;
  readonly change: "changed" | "has another signature" | "was removed";
}

export interface MigrationPlan {
  /** Statements of the sources that the migration repeats. */
  readonly copied: readonly Statement[];
  /** Changes that need a statement written by hand, and have none. */
  readonly missing: readonly Omission[];
}

/**
 * Compares the sources with those of the last migration. Statements that are new, or replace what is
 * there, are copied; anything else must be named by a statement that was written by hand. Whether it
 * does the right thing is for a test that compares the catalogues.
 */
export function planMigration(
  sourcesBefore: readonly Statement[],
  sourcesAfter: readonly Statement[],
  handwritten: string,
): MigrationPlan {
  const [before, after] = tellOverloadsApart(sourcesBefore, sourcesAfter);
  const [old, current] = [byObject(before), byObject(after)];
  const omissions = [
    ...after.flatMap((statement) => omissionOf(old.get(statement.object), statement)),
    ...before
      .filter(({ object }) => !current.has(object))
      .map((statement) => ({ statement, change: "was removed" as const })),
  ];
  return {
    copied: after.filter((statement) =>
      isCopied(old.get(statement.object), statement) || isLost(statement, old, current)
    ),
    missing: omissions
      .filter(({ statement }) => !names(handwritten, statement.name))
      .map(({ statement, change }) => ({ object: statement.object, change })),
  };
}

type Objects = ReadonlyMap<string, Statement>;

function byObject(statements: readonly Statement[]): Objects {
  const objects = new Map(statements.map((statement) => [statement.object, statement]));
  if (objects.size < statements.length) {
    const twice = statements.find((statement) => objects.get(statement.object) !== statement);
    throw new Error(`Two statements define ${twice?.object}: only one of them would be compared`);
  }
  return objects;
}

/** Whether it comments on a function that must be dropped: the comment goes with it. */
function isLost({ object }: Statement, before: Objects, after: Objects): boolean {
  if (!object.startsWith("comment ")) return false;
  const subject = object.slice("comment ".length);
  const signature = before.get(subject)?.signature;
  return signature !== undefined && signature !== after.get(subject)?.signature;
}

function isCopied(before: Statement | undefined, after: Statement): boolean {
  return before === undefined || (after.isReplaceable && before.meaning !== after.meaning);
}

function omissionOf(
  before: Statement | undefined,
  after: Statement,
): { readonly statement: Statement; readonly change: Omission["change"] }[] {
  if (before === undefined || before.meaning === after.meaning) return [];
  if (before.signature !== after.signature) {
    return [{ statement: after, change: "has another signature" }];
  }
  return after.isReplaceable ? [] : [{ statement: after, change: "changed" }];
}

/** Whether the SQL names an object; comments do not count. */
function names(sql: string, name: string): boolean {
  const code = sql.replaceAll(/--.*$/gm, "");
  const at = code.indexOf(name);
  return at >= 0 && new RegExp(`(?<!\\w)${RegExp.escape(name)}(?!\\w)`).test(code);
}
