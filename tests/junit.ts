import { SaxesParser } from "saxes";
import type { NamedTest, Report } from "./run_tests.ts";

/** What XML cannot hold: a name or a message may have it all the same. */
const UNPRINTABLE = /[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu;

/** Reads the report that `deno test --junit-path` has written; an empty one has no tests. */
export function readJunit(text: string): Report {
  const failed: NamedTest[] = [];
  const ignored: NamedTest[] = [];
  let cases = 0;
  let test: NamedTest = { file: "", name: "" };
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => {
    if (name === "testcase") {
      cases++;
      test = { file: fileOf(attributes["classname"] ?? ""), name: attributes["name"] ?? "" };
    }
    if (name === "failure" || name === "error") failed.push(test);
    if (name === "skipped") ignored.push(test);
  });
  if (text.trim() !== "") parser.write(text.replaceAll(UNPRINTABLE, "\ufffd")).close();
  return { passed: cases - failed.length - ignored.length, failed, ignored };
}

function fileOf(classname: string): string {
  return classname.replace(/^\.\//, "");
}
