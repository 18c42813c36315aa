import { createHash } from "node:crypto";
import type { App } from "../../../shared/http/app_environment.ts";
import { refuseOtherMethods } from "../../../shared/http/create_app.ts";
import { fullText, shortText } from "../../../shared/reference/plain_text.ts";

const CACHE_CONTROL = "public, max-age=300";

interface PlainText {
  readonly text: string;
  /** Strong: RFC 9110, 8.8.3. */
  readonly tag: string;
}

/** `GET /generation/llms.txt` and `llms-full.txt`: the same for everybody, and without any key. */
export function addPlainTexts(app: App, functionsUrl: string): void {
  addPlainText(app, "/generation/llms.txt", () => shortText(functionsUrl));
  addPlainText(app, "/generation/llms-full.txt", () => fullText(functionsUrl));
}

/** @param write Called once, when the text is asked for: most isolates never are. */
function addPlainText(app: App, path: string, write: () => string): void {
  let written: PlainText | undefined;
  app.get(path, (c) => {
    const { text, tag } = written ??= tagged(write());
    c.header("Cache-Control", CACHE_CONTROL);
    c.header("ETag", tag);
    return isKnown(tag, c.req.header("if-none-match")) ? c.body(null, 304) : c.text(text);
  });
  refuseOtherMethods(app, path, "GET");
}

function tagged(text: string): PlainText {
  return { text, tag: `"${createHash("sha256").update(text).digest("hex").slice(0, 16)}"` };
}

/** Compares weakly (RFC 9110, 13.1.2): gateways that compress make a tag weak. */
function isKnown(tag: string, ifNoneMatch = ""): boolean {
  return ifNoneMatch.split(",").map((one) => one.trim().replace(/^W\//, ""))
    .some((one) => one === tag || one === "*");
}
