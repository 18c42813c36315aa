import assert from "node:assert/strict";
import { drawSvg } from "../../../../simulators/recraft/svg.ts";
import { cleaned, contentsOf, drawingOf } from "./testing.ts";

const PIXEL =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=";

/** As services that sell drawings write them: https://www.recraft.ai/docs, and drawing programs. */
const drawings: Readonly<Record<string, string>> = {
  "a traced picture": drawingOf(
    `<path d="M 0 0 L 2048 0 L 2048 2048 L 0 2048 L 0 0 z" fill="rgb(244,240,232)" transform="translate(0,0)"/>` +
      `<path d="M0 0 C11.39 -0.13 22.78 1.2e-3 34 0 Z " fill="#7A3FB0" transform="matrix(1 0 0 1 860.5 312)"/>`,
    ` version="1.1" width="2048" height="2048" preserveAspectRatio="none" style="display: block;"`,
  ),
  gradients: drawingOf(
    `<defs><linearGradient id="Gradient1" gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="9" y2="9" gradientTransform="rotate(4)" spreadMethod="pad">` +
      `<stop class="stop0" offset="0" stop-opacity="1" stop-color="rgb(1,2,3)"/><stop offset="100%" style="stop-color:#fff;stop-opacity:0"/></linearGradient>` +
      `<radialGradient id="b" cx="1" cy="1" r="5" fx="2" fy="2" fr="0" xlink:href="#Gradient1"/></defs>` +
      `<path fill="url(#Gradient1)" stroke="url('#b')" d="M1 1h1"/><rect style="fill: url(&quot;#b&quot;) #fff" width="1" height="1" rx="2"/>`,
  ),
  "clips, masks and filters": drawingOf(
    `<clipPath id="c" clipPathUnits="objectBoundingBox"><circle cx="1" cy="1" r="1"/></clipPath>` +
      `<mask id="m" maskUnits="userSpaceOnUse" x="0" y="0" width="9" height="9" style="mask-type:luminance"><polygon points="0,0 1,1 2,0"/></mask>` +
      `<filter id="f" filterUnits="userSpaceOnUse" color-interpolation-filters="sRGB"><feFlood flood-opacity="0" result="bg"/><feImage href="#c"/>` +
      `<feColorMatrix in="SourceAlpha" type="matrix" values="0 0 0 0 0"/><feOffset dy="4"/><feGaussianBlur stdDeviation="2"/><feBlend in2="bg" mode="normal"/>` +
      `<feMerge><feMergeNode in="bg"/></feMerge><feTurbulence baseFrequency=".1" numOctaves="2" seed="1" stitchTiles="stitch"/></filter>` +
      `<g clip-path="url(#c)" mask="url(#m)" filter="url(#f)" opacity=".5" style="mix-blend-mode:multiply;isolation:isolate"><line x1="0" x2="1" y1="0" y2="1"/></g>`,
  ),
  text: drawingOf(
    `<text x="1" y="2" dx=".1" font-family="Arial, 'Noto Sans'" font-size="12" font-weight="700" text-anchor="middle" letter-spacing="0.02em" xml:space="preserve"> A <tspan dy="2" rotate="4">&amp; B</tspan>` +
      `<textPath href="#p" startOffset="50%">on a path</textPath></text><title>An elephant</title><desc>Violet</desc>`,
  ),
  "symbols and patterns": drawingOf(
    `<symbol id="s" viewBox="0 0 1 1" refX="0"><ellipse rx="1" ry="2"/></symbol><use href="#s" x="1"/><use xlink:href="#s" transform="scale(2)"/>` +
      `<pattern id="p" width="2" height="2" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><image width="1" height="1" xlink:href="${PIXEL}"/><image href="${PIXEL}"/></pattern>` +
      `<marker id="k" markerWidth="3" markerHeight="3" refX="1" refY="1" orient="auto"><polyline points="0 0 1 1" stroke-linejoin="round"/></marker>` +
      `<path marker-end="url(#k)" fill="url(#p)" fill-rule="evenodd" stroke-dasharray="1 2" vector-effect="non-scaling-stroke" pathLength="1" d=""/>`,
  ),
  "a style sheet": drawingOf(
    `<defs><style type="text/css">.cls-1{fill:#fff;stroke:url(#a)}\n.cls-1>path:hover,#b{fill-opacity:.5}@media (prefers-color-scheme:dark){.cls-1{fill:#000}}` +
      `@keyframes k{from{opacity:0}to{opacity:1}}.d{background:url("${PIXEL}")}</style></defs><g class="cls-1" id="b" data-name="Layer 1"/>`,
  ),
  animations: drawingOf(
    `<circle r="1"><animate attributeName="r" values="1;2;1" dur="2s" repeatCount="indefinite" calcMode="spline" keyTimes="0;.5;1" keySplines=".4 0 .2 1;.4 0 .2 1"/>` +
      `<animateTransform attributeName="transform" type="rotate" from="0" to="360" dur="1s" additive="sum"/><animateMotion path="M0 0L1 1" dur="1s"><mpath href="#p"/></animateMotion>` +
      `<set attributeName="fill" to="red" begin="1s"/></circle>`,
  ),
  "a link within": drawingOf(`<a href="#b" aria-label="To b" role="link"><g id="b"/></a>`),
  "of the simulator": drawSvg({ width: 1024, height: 1024 }, {
    seed: "seed",
    index: 0,
    caption: { prompt: "A robot", operation: "text-to-image", provider: "recraft" },
  }),
};

Deno.test("a drawing keeps its look: every element and attribute of it is there again", async (t) => {
  for (const [name, drawing] of Object.entries(drawings)) {
    await t.step(name, async () => {
      const clean = await cleaned(drawing) ?? "";
      const xlink = "svg xmlns:xlink";
      assert.deepEqual(contentsOf(clean), { [xlink]: 1, ...contentsOf(drawing) });
    });
  }
});

Deno.test("values stay as they are", async (t) => {
  for (const [name, drawing] of Object.entries(drawings)) {
    await t.step(name, async () => {
      const clean = await cleaned(drawing) ?? "";
      const values = (text: string): string[] =>
        [...text.matchAll(/\s[\w:-]+="([^"]*)"/g)].map(([, value = ""]) => value)
          .filter((value) => !value.startsWith("http://www.w3.org/"));
      assert.deepEqual(values(clean), values(drawing));
    });
  }
});

Deno.test("what is clean stays the same", async (t) => {
  for (const [name, drawing] of Object.entries(drawings)) {
    await t.step(name, async () => {
      const clean = await cleaned(drawing) ?? "";
      assert.equal(await cleaned(clean), clean);
    });
  }
});

Deno.test("a style sheet loses its harmful rules only", async () => {
  const sheet = ".a{fill:red;background:url(//evil.example/x);stroke:blue}" +
    "@import url(//evil.example/y.css);.b{color:red}";
  assert.equal(
    await cleaned(drawingOf(`<style>${sheet}</style>`)),
    drawingOf("<style>.a{fill:red;stroke:blue}.b{color:red}</style>"),
  );
  assert.equal(
    await cleaned(drawingOf(`<rect style="fill:red;mask:url(//evil.example/x);stroke:blue"/>`)),
    drawingOf(`<rect style="fill:red;stroke:blue"></rect>`),
  );
});

Deno.test("a drawing of a drawing program keeps what is drawn, and loses what the program noted", async () => {
  const noted =
    '<?xml version="1.0" encoding="utf-8"?><!-- Generator --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [<!ENTITY ns "http://ns.example/">]>' +
    '<svg:svg xmlns:svg="http://www.w3.org/2000/svg" xmlns:i="&ns;" i:pageBounds="0 0 1 1" width="9"><i:pgf>x</i:pgf><svg:metadata/><svg:g i:layer="yes" id="g"><svg:path d="M0 0"/></svg:g></svg:svg>';
  assert.equal(
    await cleaned(noted),
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9">' +
      '<g id="g"><path d="M0 0"></path></g></svg>',
  );
});

Deno.test("a drawing that names no namespace is one all the same", async () => {
  const clean = await cleaned('<svg width="1"><use xlink:href="#a"/></svg>') ?? "";
  assert.deepEqual(contentsOf(clean), {
    ...{ "svg": 1, "svg xmlns": 1, "svg xmlns:xlink": 1, "svg width": 1 },
    ...{ "use": 1, "use xlink:href": 1 },
  });
});
