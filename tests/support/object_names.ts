/** What the platform's Storage takes in names beside letters and digits, and what is often tried. */
const SPECIAL = [..." !-.*'()&$@=;:+,?#%~^[]{}|`<>\"_"];

/** Of other languages, and what looks like dots and slashes. */
const UNICODE = [
  "übung",
  "u\u0308bung",
  "日本語",
  "עברית",
  "عربى",
  "🙂👩‍👩‍👧",
  "ﬁ",
  "．．",
  "\u2024\u2024",
  "a\u2215b",
  "a\uff0fb",
  "a\u200bb",
  "\u202eabc",
  "İi",
  "é%20é",
];

/** What may end a path, or lead out of a folder, where a name is taken for part of a URL. */
const LEADING = [
  "%2e%2e",
  "%2E%2E",
  "%2e%2E",
  ".%2e",
  "%2e.",
  "%2e",
  "%252e%252e",
  "%25252e%25252e",
  "..%2f",
  "..%2f..",
  "%2f..%2f",
  "%2e%2e%2f",
  "%252f",
  "..%5c",
  "%5c..%5c",
  "..\\",
  "\\..\\",
  "..;",
  "..;x",
  "...",
  "....",
  ".. ",
  " ..",
  "..%20",
  "..%00",
  "%00",
  "%0a",
  "%0d%0a",
  "..%0a",
  "\t..",
  "%c0%ae%c0%ae",
  "%u002e%u002e",
  "%2e%2e?",
  "..?",
  "..#",
  "?x=1",
  "?token=a.b",
  "#fragment",
  "%3f",
  "%23",
  "%25",
  "%",
  "%%",
  "%zz",
  "%2",
  "+%2b+",
  "&x=1",
  "http:",
  "@host",
  "..",
  ".",
];

/** Names without the user's folder. Every URL can hold them, and Storage knows them as they are. */
export function legalNames(): readonly string[] {
  const marks = SPECIAL.flatMap((mark) => [
    `a${mark}b.png`,
    `${mark}a.png`,
    `a${mark}b/c.png`,
  ]);
  return [
    ...marks,
    ...UNICODE.map((word) => `${word}.png`),
    ...UNICODE.map((word) => `${word}/a.png`),
  ];
}

/** Names that a careless reader takes for a file of the victim's, of a vault, or beside. */
export function hostileNames(victimId: string, vault: string, beside: string): readonly string[] {
  return LEADING.flatMap((leading) => [
    `${leading}/${victimId}/private.png`,
    `${leading}/${leading}/${vault}/private.png`,
    `${beside}${leading}`,
    `x/${leading}/${beside}`,
  ]);
}
