/** Pictures that a drawing may carry within itself. None of them can run or fetch anything. */
const RASTER = "data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\\s]*";

const HARMLESS_REFERENCE = new RegExp(`^\\s*(?:#\\S*\\s*|${RASTER})$`, "i");

const HARMLESS_URL = new RegExp(
  [`"(?:#[^"()\\\\]*|${RASTER})"\\s*`, `'(?:#[^'()\\\\]*|${RASTER})'\\s*`]
    .concat(`#[^"'()\\s\\\\]*\\s*`, RASTER)
    .map((reference) => `\\burl\\(\\s*${reference}\\)`)
    .join("|"),
  "gi",
);

/** CSS functions that fetch, or did so in some browser; a property that binds code. */
const FETCHES =
  /(?:url|src|image|image-set|cross-fade|element|expression)\s*\(|@import|javascript\s*:|behavior\s*:|-moz-binding/i;

/** Whether `href` names a part of the drawing itself, or a picture that is in it. */
export function isHarmlessReference(value: string): boolean {
  return HARMLESS_REFERENCE.test(value);
}

/**
 * Whether CSS, or the value of an attribute that may be some, fetches nothing. Quotes and comments do
 * not count: what stands in them is judged, too. Escapes are refused, because they can spell anything.
 */
export function isHarmlessStyle(text: string): boolean {
  // Paths may be megabytes and have none of these.
  if (!/[\\(@:]/.test(text)) return true;
  return !text.includes("\\") && !FETCHES.test(text.replaceAll(HARMLESS_URL, ""));
}
