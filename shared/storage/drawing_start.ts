const SVG_ELEMENT = /^<(?:[A-Za-z_][\w.-]*:)?svg[\s>/]/i;

/**
 * Whether a text begins with the element of a drawing, after what XML allows before it: a declaration,
 * instructions, comments and a document type.
 *
 * @param head At least the first 4,100 bytes, or the whole file.
 */
export function startsDrawing(head: Uint8Array): boolean {
  const text = new TextDecoder(markedEncoding(head) ?? "utf-8").decode(head);
  let place = afterSpace(text, 0);
  while (true) {
    const end = endOfPrologue(text, place);
    if (end === undefined) return SVG_ELEMENT.test(text.slice(place, place + 100));
    place = afterSpace(text, end);
  }
}

/** What a mark of the byte order says of a file's encoding; undefined in UTF-8, marked or not. */
export function markedEncoding([first, second]: Uint8Array): string | undefined {
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return first === 0xff && second === 0xfe ? "utf-16le" : undefined;
}

function afterSpace(text: string, place: number): number {
  while (/\s/.test(text.charAt(place))) place++;
  return place;
}

/** Behind the comment, instruction or document type that begins there; undefined if none does. */
function endOfPrologue(text: string, place: number): number | undefined {
  if (text.startsWith("<?", place)) return behind(text, "?>", place);
  if (text.startsWith("<!--", place)) return behind(text, "-->", place + 4);
  if (!/^<!DOCTYPE\s/i.test(text.slice(place, place + 10))) return undefined;
  // Declarations of its own are within brackets, and end with the sign that ends it, too.
  const [bracket, end] = [text.indexOf("[", place), text.indexOf(">", place)];
  const hasDeclarations = bracket >= 0 && bracket < end;
  return behind(text, ">", hasDeclarations ? text.indexOf("]", bracket) : place);
}

/** The end of the text, if the word does not come. */
function behind(text: string, word: string, place: number): number {
  const found = text.indexOf(word, Math.max(place, 0));
  return found < 0 ? text.length : found + word.length;
}
