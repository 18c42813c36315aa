import type { Bytes } from "../shared/bytes.ts";
import { MAX_DESCRIBED_BYTES, MAX_DESCRIBED_VALUES } from "../shared/inputs/glb_contents.ts";
import { aGlb } from "./small_files.ts";

const WITH_MESH = '{"asset":{"version":"2.0"},"meshes":[{}],';
/** Room for what stands around what is repeated. */
const ROOM = 200;

/** What a description is full of. */
interface Filling {
  readonly before: string;
  readonly piece: string | ((index: number) => string);
  readonly after: string;
  /** Between the pieces. */
  readonly between?: string;
  /** How many values are in a piece. */
  readonly values?: number;
}

/**
 * A GLB whose description is as long as it may be, and has as many values as it may have where it is full
 * of them: for the most part one thing again and again, and spaces then.
 */
function filled({ before, piece, after, between = ",", values = 1 }: Filling): Bytes {
  const most = Math.floor((MAX_DESCRIBED_VALUES - ROOM) / Math.max(values, Number.EPSILON));
  const pieces: string[] = [];
  let length = 0;
  while (length < MAX_DESCRIBED_BYTES - ROOM && pieces.length < most) {
    const next = typeof piece === "string" ? piece : piece(pieces.length);
    pieces.push(next);
    length += next.length + between.length;
  }
  pieces.pop();
  const text = `${WITH_MESH}${before}${pieces.join(between)}${after}`;
  return aGlb(text.padEnd(MAX_DESCRIBED_BYTES));
}

/** The same with a list of something behind a name that looks like that of another file. */
function listing(piece: Filling["piece"], values = 1): Bytes {
  return filled({ before: '"extras":[{"uri":"b"},', piece, after: "]}", values });
}

/** A name of an object that nothing else has. */
const named = (index: number): string => `"_${index.toString(36)}":1`;
const manyNamed = (index: number): string =>
  `{${Array.from({ length: 40 }, (_, key) => named(index * 40 + key)).join(",")}}`;
const deep = MAX_DESCRIBED_BYTES / 2 - ROOM;

/** GLBs that are made to be hard to read, as far as a description is read at all. */
export const craftedModels = {
  "images of wrong names": filled({ before: '"images":[', piece: '{"uri":1}', after: "]}" }),
  "images outside": filled({ before: '"images":[', piece: '{"uri":"a"}', after: "]}" }),
  "images inside": filled({ before: '"images":[', piece: '{"uri":"data:,"}', after: "]}" }),
  "images of nothing": filled({ before: '"images":[', piece: "{}", after: ',{"uri":"a"}]}' }),
  "an image named again and again": filled({
    before: '"images":[{',
    piece: '"uri":"data:,"',
    after: "}]}",
  }),
  "an image of many names": filled({ before: '"images":[{', piece: named, after: "}]}" }),
  "an image outside with a long name": filled({
    before: '"images":[{"uri":"',
    piece: "\\u00e9",
    between: "",
    values: 0,
    after: '"}]}',
  }),
  "many lists of images": filled({ before: "", piece: '"images":[]', after: "}" }),
  "many buffers": filled({ before: '"buffers":[', piece: '{"byteLength":0}', after: "]}" }),
  "many meshes": filled({ before: '"meshes":[', piece: "{}", after: "]}" }),
  "many names": filled({ before: '"extras":{"uri":"b",', piece: named, after: "}}" }),
  "many empty names": filled({ before: "", piece: '"":1', after: "}" }),
  "objects of a name of their own": listing((index) => `{${named(index)}}`, 2),
  "objects of many names of their own": listing(manyNamed, 41),
  "names elsewhere": filled({ before: '"extras":[', piece: '{"uri":"b"}', after: "]}", values: 2 }),
  "digits": listing("1"),
  "numbers": listing("-1.234567e-7"),
  "long numbers": listing(`0.${"123456789".repeat(40)}`),
  "words": listing("null"),
  "short strings": listing((index) => `"${index.toString(36)}"`),
  "a long string": filled({
    before: '"extras":{"uri":"',
    piece: "x",
    between: "",
    values: 0,
    after: '"}}',
  }),
  "escapes": filled({
    before: '"extras":{"uri":"',
    piece: "\\u00e9",
    between: "",
    values: 0,
    after: '"}}',
  }),
  "spaces": filled({
    before: '"extras":{"uri":"b"',
    piece: " ",
    between: "",
    values: 0,
    after: "}}",
  }),
  "empty lists": listing("[]"),
  "nested lists": listing("[".repeat(150) + "]".repeat(150), 150),
  "one deep list": aGlb(`${WITH_MESH}"extras":${"[".repeat(deep)}${"]".repeat(deep)}}`),
  "an end too early": filled({
    before: '"extras":[',
    piece: '{"uri":"b"}',
    after: "",
    values: 2,
  }),
  "too many values": aGlb(`${WITH_MESH}"extras":[${"1,".repeat(MAX_DESCRIBED_VALUES)}1]}`),
  "one byte too many": aGlb(`${WITH_MESH}"extras":1}`.padEnd(MAX_DESCRIBED_BYTES + 1)),
  "far too many bytes": aGlb(
    `${WITH_MESH}"images":[${'{"uri":1},'.repeat(MAX_DESCRIBED_BYTES)}{}]}`,
    new Uint8Array(3_000_000),
  ),
} as const satisfies Readonly<Record<string, Bytes>>;
