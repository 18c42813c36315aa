import { join } from "node:path";
import { repository } from "../../tools/local/stack/folders.ts";

export interface SqlBlock {
  readonly line: number;
  readonly text: string;
}

/** A part of the page under a heading. */
export interface Section {
  readonly title: string;
  readonly text: string;
  readonly blocks: readonly SqlBlock[];
}

const page = await Deno.readTextFile(join(repository, "docs/operations.md"));

/** Code blocks of SQL, also those in lists, each with the line it begins in. */
function blocksOf(from: number, to: number): SqlBlock[] {
  return [...page.slice(from, to).matchAll(/^( *)```sql\n([\s\S]*?)^ *```$/gm)].map((match) => ({
    line: page.slice(0, from + match.index).split("\n").length,
    text: match[2] ?? "",
  }));
}

function sectionsOf(): Section[] {
  const headings = [...page.matchAll(/^#{2,3} (.*)$/gm)];
  return headings.map((heading, index) => {
    const [from, to] = [heading.index, headings[index + 1]?.index ?? page.length];
    return {
      title: heading[1]?.replaceAll("`", "") ?? "",
      text: page.slice(from, to),
      blocks: blocksOf(from, to),
    };
  });
}

/** docs/operations.md, as tests run it. */
export const operationsPage = { blocks: blocksOf(0, page.length), sections: sectionsOf() };

/** The commands of a night of "At three in the morning", in their order. */
export function nightOf(title: string): readonly string[] {
  const section = operationsPage.sections.find((one) => one.title === title);
  const blocks = [...(section?.text ?? "").matchAll(/^```sh\n([\s\S]*?)^```$/gm)];
  return blocks.flatMap(([, text = ""]) => text.trim().split(/\n(?=deno )/));
}
