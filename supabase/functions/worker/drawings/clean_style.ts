import { type ChildNode, type Container, parse } from "postcss";
import { isHarmlessStyle } from "./references.ts";

/** Rules about rules that a drawing's look may depend on. All others, `@import` first, are left out. */
const AT_RULES = new Set(["media", "supports", "keyframes", "-webkit-keyframes", "font-face"]);

/** A style sheet, or the text of a `style` attribute, without what fetches; empty if it is no CSS. */
export function cleanStyle(text: string): string {
  const cleaned = clean(text);
  // Browsers may read broken CSS otherwise than we do, and pages what looks like the style's end.
  return isHarmlessStyle(cleaned) && !cleaned.includes("<") ? cleaned : "";
}

function clean(text: string): string {
  try {
    const sheet = parse(text);
    removeHarmful(sheet);
    return sheet.toString();
  } catch {
    return "";
  }
}

function removeHarmful(container: Container): void {
  // A copy, because the list changes under way.
  for (const node of [...container.nodes ?? []]) {
    if (!isAllowed(node)) node.remove();
    else if ("nodes" in node) removeHarmful(node);
  }
}

function isAllowed(node: ChildNode): boolean {
  switch (node.type) {
    case "comment":
      return false;
    case "decl":
      return isHarmlessStyle(`${node}`);
    case "rule":
      return isHarmlessStyle(node.selector);
    default:
      return AT_RULES.has(node.name) && isHarmlessStyle(node.params);
  }
}
