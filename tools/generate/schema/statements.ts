import { parse } from "libpg-query";
import { z } from "zod";

/** One statement of a source, and what it defines. */
export interface Statement {
  /** What it defines, without its shape: `function private.claim_tasks`, `table public.tasks`. */
  readonly object: string;
  /** The part of the object's name by which a hand-written statement is recognised: `tasks`. */
  readonly name: string;
  /** Whether running it again replaces what is there. */
  readonly isReplaceable: boolean;
  /** Of a function: parameters and result, which a replacement must keep. Empty for anything else. */
  readonly signature: string;
  /** Without the comments before it. */
  readonly text: string;
  /** What two versions are compared by: outside of bodies, comments and line breaks do not count. */
  readonly meaning: string;
}

/** Where the statements stand; in bytes. */
const parsed = z.object({
  stmts: z.array(z.object({
    stmt_location: z.int().default(0),
    stmt_len: z.int().optional(),
  })).default([]),
});

/** Splits SQL into its statements, as Postgres' own parser does. Throws if the SQL is not valid. */
export async function readStatements(sql: string): Promise<Statement[]> {
  const { stmts } = parsed.parse(await parse(sql));
  const bytes = new TextEncoder().encode(sql);
  return stmts.map(({ stmt_location: start, stmt_len: length }) => {
    const end = length === undefined ? bytes.length : start + length;
    return describe(new TextDecoder().decode(bytes.subarray(start, end)).trim());
  });
}

interface Kind {
  readonly kind: string;
  readonly pattern: RegExp;
  readonly isReplaceable: boolean;
}

const KINDS: readonly Kind[] = [
  { kind: "function", pattern: /^create or replace function ([\w.]+)/, isReplaceable: true },
  { kind: "view", pattern: /^create or replace view ([\w.]+)/, isReplaceable: true },
  { kind: "trigger", pattern: /^create or replace trigger (\w+)/, isReplaceable: true },
  { kind: "comment", pattern: /^comment on (.+?)\s+is\s/s, isReplaceable: true },
  { kind: "table", pattern: /^create table ([\w.]+)/, isReplaceable: false },
  { kind: "index", pattern: /^create (?:unique )?index (\w+)/, isReplaceable: false },
  { kind: "policy", pattern: /^create policy ("[^"]+" on [\w.]+)/, isReplaceable: false },
  { kind: "type", pattern: /^create type ([\w.]+)/, isReplaceable: false },
  { kind: "rows", pattern: /^insert into ([\w.]+)/, isReplaceable: false },
  // Made once: later only its row changes.
  { kind: "lane", pattern: /^select private\.add_lane\(\s*'(\w+)'/, isReplaceable: false },
  {
    kind: "right",
    pattern: /^(?:grant|revoke)\b.*?\bon (?:\w+ )??([\w.]+)/s,
    isReplaceable: false,
  },
];

function describe(text: string): Statement {
  const code = text.replace(/^(?:\s*--[^\n]*\n)+/, "").trim();
  for (const { kind, pattern, isReplaceable } of KINDS) {
    const subject = pattern.exec(code)?.[1]?.replaceAll(/\s+/g, " ");
    if (subject === undefined) continue;
    // A right has no name: another text is another right.
    const object = kind === "right" ? withoutLayout(code) : `${kind} ${subject}`;
    const name = /"(.+)"/.exec(subject)?.[1] ?? subject.split(/[.\s]/).at(-1) ?? subject;
    const signature = kind === "function" ? code.split(/\nlanguage\b/)[0] ?? "" : "";
    const meaning = kind === "function" ? code : withoutLayout(code);
    return { object, name, isReplaceable, signature, text: code, meaning };
  }
  const meaning = withoutLayout(code);
  const [name = code] = /\w+\.\w+/.exec(code) ?? [];
  return { object: meaning, name, isReplaceable: false, signature: "", text: code, meaning };
}

function withoutLayout(code: string): string {
  return code.replaceAll(/--.*$/gm, "").replaceAll(/\s+/g, " ")
    .replaceAll(/\( | (?=\))/g, (found) => found.trim()).trim();
}
