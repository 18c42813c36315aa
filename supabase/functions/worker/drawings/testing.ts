import assert from "node:assert/strict";
import { SaxesParser } from "saxes";
import { bytesOf, streamOf } from "../../../../testing/streams.ts";
import { cleanDrawing } from "./clean_drawing.ts";

/** A drawing of what is written into it, with the names that drawings use. */
export function drawingOf(content: string, attributes = ""): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"` +
    ` viewBox="0 0 10 10"${attributes}>${content}</svg>`;
}

/** What a drawing becomes; undefined if it cannot be cleaned. */
export async function cleaned(drawing: string | Uint8Array): Promise<string | undefined> {
  const bytes = typeof drawing === "string" ? new TextEncoder().encode(drawing) : drawing;
  let isUnclean = false;
  const body = cleanDrawing(streamOf(new Uint8Array(bytes)), () => isUnclean = true);
  try {
    return new TextDecoder().decode(await bytesOf(body));
  } catch (error) {
    assert.ok(isUnclean, String(error));
    return undefined;
  }
}

/** Each element and attribute by name, with how often it is there. */
export function contentsOf(drawing: string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  const count = (name: string): void => void (counts[name] = (counts[name] ?? 0) + 1);
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => {
    count(name);
    for (const attribute of Object.keys(attributes)) count(`${name} ${attribute}`);
  });
  parser.write(drawing).close();
  return counts;
}

const ACTIVE_ELEMENT =
  /^(?:script|handler|listener|foreignobject|iframe|frame|embed|object|audio|video|canvas|html|body|img|image-set|link|meta|form|discard|metadata)$/i;
const PICTURE = /^\s*data:image\/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*$/i;

/**
 * What in a well-formed drawing could run or fetch, told without a look at the lists of what is
 * allowed. Throws if it is no XML.
 */
export function harmIn(drawing: string): string[] {
  const harm: string[] = [];
  let style = "";
  const parser = new SaxesParser({ xmlns: true });
  const isOutside = (url: string): boolean => !/^\s*#/.test(url) && !PICTURE.test(url);
  parser.on("doctype", () => harm.push("a document type"));
  parser.on("processinginstruction", ({ target }) => harm.push(`an instruction ${target}`));
  parser.on("comment", (text) => harm.push(`a comment ${text}`));
  parser.on("opentag", ({ local, uri, attributes }) => {
    isStyle = /^style$/i.test(local);
    if (uri !== "http://www.w3.org/2000/svg") harm.push(`${local} of ${uri}`);
    if (ACTIVE_ELEMENT.test(local)) harm.push(local);
    for (const { name, local: attribute, value } of Object.values(attributes)) {
      if (name.startsWith("xmlns")) continue;
      if (/^on/i.test(attribute)) harm.push(name);
      if (/^(?:href|src|action|formaction|base|ping|data|poster)$/i.test(attribute)) {
        if (isOutside(value)) harm.push(`${name}=${value}`);
      }
      const isAnimated = /^(?:animate|set)/i.test(local) && attribute === "attributeName";
      if (isAnimated && /href|^on|style|class|src/i.test(value)) {
        harm.push(`${local} of ${value}`);
      }
      style += `${value}\n`;
    }
  });
  let isStyle = false;
  const read = (text: string): void => {
    if (isStyle) style += text;
    if (isStyle && /<\/?(?:style|script)/.test(text)) harm.push("markup in a style");
  };
  parser.on("closetag", () => isStyle = false);
  parser.on("text", read);
  parser.on("cdata", read);
  parser.write(drawing).close();
  const plain = style.replaceAll(/\/\*.*?\*\//gs, "").replaceAll(
    /\\([0-9a-f]{1,6})\s?/gi,
    (_, code) => String.fromCodePoint(parseInt(code, 16)),
  );
  for (const [found, url = ""] of plain.matchAll(/\burl\s*\(\s*["']?([^)"']*)/gi)) {
    if (isOutside(url)) harm.push(found);
  }
  if (/@import|image-set|javascript:|-moz-binding|expression\(/i.test(plain)) harm.push("style");
  return harm;
}
