import assert from "node:assert/strict";
import fc from "fast-check";
import { cleaned, harmIn } from "./testing.ts";

/** What hostile drawings are made of, in any order, within each other, broken off anywhere. */
const PARTS = [
  ...[
    "<svg>",
    "</svg>",
    "<g>",
    "</g>",
    "<style>",
    "</style>",
    "<text>",
    "</text>",
    "<a ",
    "/>",
    ">",
  ],
  ...["<script>", "</script>", "<foreignObject>", "</foreignObject>", "<use ", "<set ", "<image "],
  ...["<![CDATA[", "]]>", "<!--", "-->", "<?x ", "?>", "&lt;", "&#60;", "&a;", "&quot;", "'", '"'],
  ...[
    'xmlns="http://www.w3.org/1999/xhtml" ',
    'xmlns:s="http://www.w3.org/2000/svg" ',
    "<s:script>",
  ],
  ...['onload="alert(1)" ', 'href="javascript:alert(1)" ', 'xlink:href="//evil.example/x" '],
  ...['attributeName="href" ', 'attributeName="onload" ', 'to="javascript:alert(1)" '],
  ...[
    'style="',
    'fill="',
    "url(",
    "//evil.example",
    "#a",
    ")",
    ";",
    "@import ",
    "\\75 rl(",
    "/*",
    "*/",
  ],
  ...["data:image/svg+xml,", "data:image/png;base64,", "{", "}", "a:", "\n", "\0", "\uFEFF", "é"],
];

Deno.test("whatever a drawing is put together from, it is clean or known to be unclean", async () => {
  const parts = fc.array(fc.constantFrom(...PARTS), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(parts, fc.boolean(), async (chosen, isClosed) => {
      const drawing = `<svg xmlns="http://www.w3.org/2000/svg">${chosen.join("")}`;
      const clean = await cleaned(isClosed ? `${drawing}</svg>` : drawing);
      if (clean !== undefined) assert.deepEqual(harmIn(clean), []);
    }),
    { numRuns: 3_000 },
  );
});

const VALUES = [
  ...["javascript:alert(1)", "//evil.example/x", "#a", "data:image/svg+xml,x", "url(#a)", "red"],
  ...["url(//evil.example/x)", "fill:url(x)", "u\\72l(x)", "href", "onload", "fill", "xlink:href"],
  ...[" javascript:x", "@import 'x'", "data:text/html,x", "a{b:url(x)}", "1"],
];
const NAMES = [
  ...["href", "xlink:href", "x:href", "onload", "ONCLICK", "style", "fill", "filter", "to", "from"],
  ...[
    "values",
    "attributeName",
    "src",
    "x:onload",
    "xml:base",
    "class",
    "id",
    "d",
    "begin",
    "lang",
  ],
];
const ELEMENTS = [
  ...[
    "g",
    "script",
    "SCRIPT",
    "s:script",
    "s:g",
    "style",
    "s:style",
    "a",
    "use",
    "image",
    "feImage",
  ],
  ...["set", "animate", "animateTransform", "foreignObject", "svg", "text", "h:img", "iframe"],
  ...["handler", "title", "switch", "metadata", "image-set", "x:href", "path"],
];
const PREFIXES = ' xmlns:s="http://www.w3.org/2000/svg" xmlns:h="http://www.w3.org/1999/xhtml"' +
  ' xmlns:x="http://www.w3.org/1999/xlink"';

/** Drawings that can be read, of what is hostile and what is not. */
const { element } = fc.letrec<{ element: string; content: string }>((tie) => ({
  element: fc.tuple(
    fc.constantFrom(...ELEMENTS),
    fc.uniqueArray(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...VALUES)), {
      maxLength: 4,
      // In a namespace of two prefixes a name may be there once.
      selector: ([name]) => name.replace(/^x:/, "xlink:"),
    }),
    fc.array(tie("content"), { maxLength: 4 }),
  ).map(([name, attributes, contents]) => {
    const written = attributes.map(([attribute, value]) => ` ${attribute}="${value}"`).join("");
    return `<${name}${written}>${contents.join("")}</${name}>`;
  }),
  content: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom(...VALUES, "<![CDATA[<script>]]>", "<!-- a -->", "<?x y?>", "&lt;script>"),
    tie("element"),
  ),
}));

Deno.test("whatever can be read is clean afterwards, whatever it is made of", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(element, { maxLength: 4 }), async (elements) => {
      const clean = await cleaned(`<svg${PREFIXES}>${elements.join("")}</svg>`);
      assert.ok(clean !== undefined);
      assert.deepEqual(harmIn(clean), []);
      assert.equal(await cleaned(clean), clean);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("whatever stands in a style, what is left of it is harmless", async () => {
  const css = fc.array(
    fc.constantFrom(
      ...[
        "@import ",
        "@media x",
        "@font-face",
        "url(",
        "URL (",
        "image-set(",
        "'",
        '"',
        "\\",
        "\n",
      ],
      ...["//evil.example/x", "#a", ")", "(", "{", "}", ";", ":", "a", "fill", "/*", "*/", "<!--"],
      ...[
        "u\\72l(",
        "@\\69mport ",
        "expression(",
        "javascript:",
        "behavior:",
        "data:image/png;base64,",
      ],
    ),
    { maxLength: 25 },
  );
  await fc.assert(
    fc.asyncProperty(css, fc.boolean(), async (chosen, isAttribute) => {
      const text = chosen.join("").replaceAll("&", "&amp;").replaceAll("<", "&lt;");
      const clean = await cleaned(
        isAttribute
          ? `<svg><g style="${text.replaceAll('"', "&quot;")}"/></svg>`
          : `<svg><style>${text}</style></svg>`,
      );
      assert.deepEqual(harmIn(clean ?? ""), clean === undefined ? undefined : []);
    }),
    { numRuns: 3_000 },
  );
});

Deno.test("bytes of chance and of broken drawings end, one way or the other", async () => {
  const drawing = new TextEncoder().encode(
    '<?xml version="1.0"?><svg><style>a{b:c}</style><g fill="url(#a)">é</g></svg>',
  );
  const change = fc.tuple(fc.nat(drawing.length - 1), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 5 }), async (changes) => {
      const bytes = drawing.slice();
      for (const [place, byte] of changes) bytes[place] = byte;
      const clean = await cleaned(bytes);
      if (clean !== undefined) assert.deepEqual(harmIn(clean), []);
    }),
    { numRuns: 2_000 },
  );
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      assert.equal(await cleaned(bytes), undefined);
    }),
    { numRuns: 500 },
  );
});
