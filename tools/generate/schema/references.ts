import type { Source } from "./sources.ts";

/** A name of one file that another one defines. */
export interface Reference {
  readonly from: string;
  readonly to: string;
  readonly name: string;
}

const DEFINITION =
  /\bcreate\s+(?:or\s+replace\s+)?(?:function|sequence|table|view|type)\s+((?:public|private|monitoring)\.\w+)/g;
const NAME = /\b(?:public|private|monitoring)\.\w+/g;

/** Comments only speak of other objects. */
function withoutComments(text: string): string {
  return text
    .replace(/--.*$/gm, "")
    .replace(/\bcomment\s+on\s[^']*'(?:[^']|'')*'\s*;/g, "");
}

/** Every file that defines a name, by the name. */
export function definitionsIn(sources: readonly Source[]): ReadonlyMap<string, string> {
  return new Map(
    sources.flatMap(({ path, text }) =>
      [...withoutComments(text).matchAll(DEFINITION)].map(([, name = ""]) => [name, path] as const)
    ),
  );
}

/**
 * Names in a file that another file defines; in the bodies of functions and in SQL within strings,
 * too, which Postgres looks up only when it runs them. `to` is empty for a name that no file defines.
 */
export function referencesIn(sources: readonly Source[]): Reference[] {
  const definitions = definitionsIn(sources);
  return sources.flatMap(({ path, text }) =>
    [...new Set(withoutComments(text).match(NAME) ?? [])]
      .map((name) => ({ from: path, to: definitions.get(name) ?? "", name }))
      .filter(({ to }) => to !== path)
  );
}
