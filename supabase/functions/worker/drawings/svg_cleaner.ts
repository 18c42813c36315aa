import { SaxesParser, type SaxesTagNS } from "saxes";
import {
  allowedAttribute,
  isAllowedElement,
  isAnimated,
  isAnimation,
  SVG,
  XLINK,
} from "./allowed_names.ts";
import { cleanStyle } from "./clean_style.ts";
import { isHarmlessReference, isHarmlessStyle } from "./references.ts";

/** It cannot be read as a browser would, so nobody can say what is in it. */
export class UncleanDrawing extends Error {
  override readonly name = "UncleanDrawing";
}

/** Elements within each other. Browsers give up at some thousands, real drawings at some dozens. */
const MAX_DEPTH = 500;

/** Bounds of what takes long by its number and not by its length; real drawings have a tenth at most. */
const MAX_ELEMENTS = 200_000;
const MAX_ATTRIBUTES = 500;

/** Of CSS that is looked at rule by rule, in characters: it takes ten times as long as all else. */
const MAX_CSS_LENGTH = 500_000;

/** Of older tools, whose drawings name neither. */
const NAMESPACES = { "": SVG, xlink: XLINK };

const OPTIONS = {
  xmlns: true,
  additionalNamespaces: NAMESPACES,
  // Of 1.1, which browsers do not know, more characters may be written than of 1.0.
  defaultXMLVersion: "1.0",
  forceXMLVersion: true,
} as const;

/**
 * Writes a drawing anew with what is allowed, as it is read. Nothing of the original's text is
 * copied: comments, instructions, document types and entities have no way into the result, and no
 * encoding, prefix or way to write a character can hide anything. Throws an UncleanDrawing as soon
 * as the text proves to be no well-formed XML.
 *
 * The parser is the one jsdom reads XML with, by the standard's letter.
 */
export class SvgCleaner {
  readonly #parser = new SaxesParser(OPTIONS);
  #written = "";
  #depth = 0;
  /** Depth of the element that is left out with all that is in it. */
  #leftOut = Infinity;
  /** Text of the `style` element that is being read. */
  #style: string | undefined;
  #cssLength = 0;
  #elementCount = 0;
  #attributeCount = 0;

  constructor() {
    this.#parser.on("error", (error) => {
      // Drawing programs name their own namespaces by entities; they are only left out.
      if (!error.message.endsWith("undefined entity.")) throw new UncleanDrawing(error.message);
    });
    this.#parser.on("opentagstart", () => {
      this.#attributeCount = 0;
      if (++this.#elementCount > MAX_ELEMENTS) throw new UncleanDrawing("Too many elements");
    });
    this.#parser.on("attribute", () => {
      if (++this.#attributeCount > MAX_ATTRIBUTES) throw new UncleanDrawing("Too many attributes");
    });
    this.#parser.on("opentag", (tag) => this.#open(tag));
    this.#parser.on("closetag", (tag) => this.#close(tag));
    this.#parser.on("text", (text) => this.#text(text));
    this.#parser.on("cdata", (text) => this.#text(text));
  }

  /** The part of the result that the next part of the text makes. */
  write(text: string): string {
    this.#parser.write(text);
    return this.#take();
  }

  /** The end of the result. */
  end(): string {
    this.#parser.close();
    return this.#take();
  }

  #take(): string {
    const written = this.#written;
    this.#written = "";
    return written;
  }

  #open(tag: SaxesTagNS): void {
    this.#depth++;
    if (this.#depth > MAX_DEPTH) throw new UncleanDrawing("Too many elements within each other");
    if (this.#depth === 1 && (tag.uri !== SVG || tag.local !== "svg")) {
      throw new UncleanDrawing(`The first element is ${tag.local} of ${tag.uri}`);
    }
    if (this.#depth > this.#leftOut) return;
    // Nothing may be within a style; what is there would be written into the middle of it.
    if (this.#style !== undefined || !isAllowedElement(tag) || isHarmfulAnimation(tag)) {
      this.#leftOut = this.#depth;
      return;
    }
    const root = this.#depth === 1 ? ` xmlns="${SVG}" xmlns:xlink="${XLINK}"` : "";
    this.#written += `<${tag.local}${root}${this.#attributes(tag)}>`;
    if (tag.local === "style") this.#style = "";
  }

  #attributes({ attributes }: SaxesTagNS): string {
    let written = "";
    for (const attribute of Object.values(attributes)) {
      const name = allowedAttribute(attribute);
      if (name === undefined) continue;
      const isHarmless = /(?:^|:)href$/.test(name) ? isHarmlessReference : isHarmlessStyle;
      const value = isHarmless(attribute.value)
        ? attribute.value
        : name === "style" && cleanStyle(this.#counted(attribute.value));
      if (value) written += ` ${name}="${escapeAttribute(value)}"`;
      else if (attribute.value === "") written += ` ${name}=""`;
    }
    return written;
  }

  #counted(css: string): string {
    this.#cssLength += css.length;
    if (this.#cssLength > MAX_CSS_LENGTH) throw new UncleanDrawing("Too much CSS");
    return css;
  }

  #close({ local }: SaxesTagNS): void {
    const depth = this.#depth--;
    if (depth > this.#leftOut) return;
    if (depth === this.#leftOut) {
      this.#leftOut = Infinity;
      return;
    }
    if (this.#style !== undefined) {
      this.#written += escapeText(cleanStyle(this.#style));
      this.#style = undefined;
    }
    this.#written += `</${local}>`;
  }

  #text(text: string): void {
    if (this.#depth === 0 || this.#depth >= this.#leftOut) return;
    if (this.#style === undefined) this.#written += escapeText(text);
    else this.#style += this.#counted(text);
  }
}

/** It would write a reference or a handler after the drawing has been looked at. */
function isHarmfulAnimation({ local, attributes }: SaxesTagNS): boolean {
  if (!isAnimation(local) || local === "animateMotion") return false;
  return !isAnimated(attributes["attributeName"]?.value ?? "");
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (character) => ESCAPES[character] ?? "");
}

/** A line break that the original spelled as a number stays one. */
function escapeAttribute(text: string): string {
  return text.replace(
    /[&<>"\t\n\r]/g,
    (character) => ESCAPES[character] ?? `&#${character.charCodeAt(0)};`,
  );
}
