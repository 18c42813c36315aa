/** Whether what comes of a form stands below it. */
export function isNarrow(): boolean {
  return matchMedia("(width < 900px)").matches;
}

/** Brings a part of the page into view: on a phone to the top, elsewhere only if it cannot be seen. */
export function showPart(selector: string): void {
  const block = isNarrow() ? "start" : "nearest";
  document.querySelector(selector)?.scrollIntoView({ block });
}
