/**
 * What a stored drawing may consist of: all that SVG 2 draws with (https://www.w3.org/TR/SVG2/,
 * appendices F and G), and the filters of https://www.w3.org/TR/filter-effects-1/. What is not here
 * is left out: scripts, handlers, foreign objects, frames, sounds, metadata.
 */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const ELEMENTS = words(`
  a circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite
  feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA
  feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset
  fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter g image line linearGradient
  marker mask path pattern polygon polyline radialGradient rect stop style svg switch symbol text
  textPath title tref tspan use view
`);

const ANIMATIONS = words("animate animateColor animateMotion animateTransform mpath set");

/** Properties that CSS has, too, and that an animation may change. */
const PRESENTATION = words(`
  alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation
  color-interpolation-filters color-profile color-rendering cursor cx cy d direction display
  dominant-baseline enable-background fill fill-opacity fill-rule filter flood-color flood-opacity
  font font-family font-feature-settings font-kerning font-size font-size-adjust font-stretch
  font-style font-variant font-variant-caps font-variation-settings font-weight
  glyph-orientation-horizontal glyph-orientation-vertical height image-rendering inline-size
  isolation kerning letter-spacing lighting-color line-height marker marker-end marker-mid
  marker-start mask mask-type mix-blend-mode opacity overflow paint-order pointer-events r rx ry
  shape-inside shape-margin shape-rendering shape-subtract stop-color stop-opacity stroke
  stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity
  stroke-width text-align text-anchor text-decoration text-orientation text-overflow text-rendering
  transform transform-box transform-origin unicode-bidi vector-effect visibility white-space width
  will-change word-spacing writing-mode x y
`);

/** What else an animation may change: numbers and lists of points. */
const GEOMETRY = words(`
  azimuth baseFrequency bias diffuseConstant divisor dx dy edgeMode elevation exponent filterRes
  fr fx fy gradientTransform gradientUnits k1 k2 k3 k4 kernelMatrix kernelUnitLength lengthAdjust
  limitingConeAngle markerHeight markerUnits markerWidth maskContentUnits maskUnits method mode
  numOctaves offset operator order orient pathLength patternContentUnits patternTransform
  patternUnits points pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits
  radius refX refY rotate scale seed side spacing specularConstant specularExponent spreadMethod
  startOffset stdDeviation stitchTiles surfaceScale tableValues targetX targetY textLength values
  viewBox x1 x2 xChannelSelector y1 y2 yChannelSelector z clipPathUnits filterUnits amplitude
  intercept slope
`);

const ATTRIBUTES = words(`
  accumulate additive attributeName attributeType baseProfile begin by calcMode class
  contentStyleType dur end externalResourcesRequired from id in in2 keyPoints
  keySplines keyTimes lang max media min origin path repeatCount repeatDur requiredExtensions
  requiredFeatures restart result role style systemLanguage tabindex to type version zoomAndPan
`);

export const SVG = "http://www.w3.org/2000/svg";
export const XLINK = "http://www.w3.org/1999/xlink";
const XML = "http://www.w3.org/XML/1998/namespace";

/** A name as a namespace aware parser tells it. */
export interface Name {
  /** The namespace; empty for attributes without a prefix. */
  readonly uri: string;
  readonly local: string;
}

export function isAllowedElement({ uri, local }: Name): boolean {
  return uri === SVG && (ELEMENTS.has(local) || ANIMATIONS.has(local));
}

export function isAnimation(local: string): boolean {
  return ANIMATIONS.has(local) && local !== "mpath";
}

/** Whether an animation may change it: nothing that names something, and no handler. */
export function isAnimated(attribute: string): boolean {
  return PRESENTATION.has(attribute) || GEOMETRY.has(attribute);
}

/** The name to write for an attribute; undefined if the drawing must do without it. */
export function allowedAttribute({ uri, local }: Name): string | undefined {
  if (uri === XLINK) return local === "href" ? "xlink:href" : undefined;
  if (uri === XML) return local === "space" || local === "lang" ? `xml:${local}` : undefined;
  if (uri !== "") return undefined;
  const isKnown = local === "href" || isAnimated(local) || ATTRIBUTES.has(local) ||
    /^(?:aria|data)-[a-z_][\w.-]*$/i.test(local);
  return isKnown ? local : undefined;
}
