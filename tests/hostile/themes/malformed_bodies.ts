import type { HostileCase, Scene } from "../hostile_case.ts";
import { rawBody, type Refusal } from "../requests.ts";

const NO_JSON: Refusal = { error: "invalid_request", words: /^Cannot read the body as JSON$/ };
const NO_UTF8: Refusal = { error: "invalid_request", words: /^The body is not encoded as UTF-8$/ };
const NO_OBJECT: Refusal = { error: "invalid_request", words: /Must be a JSON object$/ };
const TOO_DEEP: Refusal = { error: "invalid_request", words: /nested deeper than 8 levels/ };
const NO_FIELDS: Refusal = { error: "invalid_request", words: /^provider: Required/ };

const VALID = '{"task_id": "t", "provider": "openai", "prompt": "x"}';

const TEXTS: readonly (readonly [text: string, refusal: Refusal])[] = [
  ["", NO_JSON],
  [" \n\t", NO_JSON],
  ["{", NO_JSON],
  ["}", NO_JSON],
  ["[", NO_JSON],
  ['{"task_id"', NO_JSON],
  ['{"task_id":', NO_JSON],
  ['{"task_id": "t"', NO_JSON],
  ['{"task_id": "t",}', NO_JSON],
  ["{'task_id': 't'}", NO_JSON],
  ['{task_id: "t"}', NO_JSON],
  ['{"task_id": "t"} {"task_id": "t"}', NO_JSON],
  [`${VALID}\0`, NO_JSON],
  [`${VALID};`, NO_JSON],
  [`// words\n${VALID}`, NO_JSON],
  [`/* words */${VALID}`, NO_JSON],
  [`)]}',\n${VALID}`, NO_JSON],
  [`callback(${VALID})`, NO_JSON],
  ['{"task_id": "a\nb"}', NO_JSON],
  ['{"task_id": "a\\x41"}', NO_JSON],
  ['{"task_id": "\\u12"}', NO_JSON],
  ['{"task_id": "unfinished}', NO_JSON],
  ['{"n": NaN}', NO_JSON],
  ['{"n": Infinity}', NO_JSON],
  ['{"n": 0x10}', NO_JSON],
  ['{"n": 01}', NO_JSON],
  ['{"n": +1}', NO_JSON],
  ['{"n": .5}', NO_JSON],
  ['{"n": 1.}', NO_JSON],
  ['{"n": undefined}', NO_JSON],
  ["<html></html>", NO_JSON],
  [
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
    NO_JSON,
  ],
  ["task_id: t\nprovider: openai", NO_JSON],
  ["task_id=t&provider=openai&prompt=x", NO_JSON],
  ["null", NO_OBJECT],
  ["true", NO_OBJECT],
  ["7", NO_OBJECT],
  ['"text"', NO_OBJECT],
  ["[]", NO_OBJECT],
  [`[${VALID}]`, NO_OBJECT],
  ["{}", NO_FIELDS],
  ['{"": ""}', NO_FIELDS],
];

const BYTES: Readonly<Record<string, readonly [bytes: readonly number[], refusal: Refusal]>> = {
  "two byte order marks": [[0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf, 0x7b, 0x7d], NO_JSON],
  "UTF-16, small end first": [[0xff, 0xfe, 0x7b, 0, 0x7d, 0], NO_UTF8],
  "UTF-16, big end first": [[0xfe, 0xff, 0, 0x7b, 0, 0x7d], NO_UTF8],
  "UTF-16 without a mark": [[0x7b, 0, 0x7d, 0], NO_JSON],
  "Latin-1": [[0x22, 0xe4, 0x22], NO_UTF8],
  "a letter longer than it need be": [[0x22, 0xc0, 0xaf, 0x22], NO_UTF8],
  "a cut-off letter": [[0x22, 0xe2, 0x82, 0x22], NO_UTF8],
  "half of a surrogate pair": [[0x22, 0xed, 0xa0, 0x80, 0x22], NO_UTF8],
  "beyond the last letter": [[0x22, 0xf5, 0x80, 0x80, 0x80, 0x22], NO_UTF8],
  "a raw NUL in a text": [[0x22, 0, 0x22], NO_JSON],
  "only NULs": [[0, 0, 0, 0], NO_JSON],
  "gzip": [[0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 3], NO_UTF8],
  "a PNG": [[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], NO_UTF8],
};

const lists = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
const objects = (levels: number): string => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

const NESTED: Readonly<Record<string, string>> = {
  "9 lists": lists(9),
  "1,000 lists": lists(1_000),
  "32,000 lists": lists(32_000),
  "9 objects": objects(9),
  "10,000 objects": objects(10_000),
  "lists in a parameter": `{"provider": "openai", "prompt": ${lists(8)}}`,
  "objects in an unknown field": `{"provider": "openai", "x": ${objects(500)}}`,
};

const MEDIA_TYPES = [
  "text/plain",
  "text/json",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=application/json",
  "application/xml",
  "application/jsonx",
  "application/json-patch+json",
  "application/vnd.api+json",
  "text/plain, application/json",
  "*/*",
];

/** Bodies that are no request, whatever they say. */
export function malformedBodies(scene: Scene): HostileCase[] {
  return [
    ...TEXTS.map(([text, refusal]) => rawBody(scene, JSON.stringify(text), () => text, refusal)),
    ...Object.entries(BYTES).map(([name, [bytes, refusal]]) =>
      rawBody(scene, name, () => Uint8Array.from(bytes), refusal)
    ),
    ...Object.entries(NESTED).map(([name, text]) => rawBody(scene, name, () => text, TOO_DEEP)),
    ...MEDIA_TYPES.map((type) =>
      rawBody(scene, `sent as ${type}`, () => VALID, { error: "unsupported_media_type" }, type)
    ),
  ];
}
