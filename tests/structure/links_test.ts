import assert from "node:assert/strict";
import { dirname, join, normalize } from "node:path";
import { repository } from "../../tools/local/stack/folders.ts";
import { run } from "../../tools/local/stack/run.ts";

/** Links to files of the repository, as they stand: `[text](file#section)`. */
function linksOf(markdown: string): { file: string; section: string | undefined }[] {
  const prose = markdown.replace(/^( *)(```|~~~)[^]*?^\1\2/gm, "");
  return [...prose.matchAll(/\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]+))?\)/g)]
    .map(([, file = "", section]) => ({ file, section }));
}

/** The names by which sections are linked to, as GitHub makes them of headings. */
function sectionsOf(markdown: string): string[] {
  const prose = markdown.replace(/^( *)(```|~~~)[^]*?^\1\2/gm, "");
  return [...prose.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title.toLowerCase().replaceAll(/[^\p{L}\p{N}_ -]/gu, "").replaceAll(" ", "-")
  );
}

Deno.test("every link of a document leads to a file and a section that are there", async (t) => {
  const files = (await run("git", ["ls-files", "*.md"], { cwd: repository })).trim().split("\n");
  for (const page of files) {
    await t.step(page, async () => {
      const broken: string[] = [];
      for (const { file, section } of linksOf(await Deno.readTextFile(join(repository, page)))) {
        const target = file === "" ? page : normalize(join(dirname(page), file));
        const text = await Deno.readTextFile(join(repository, target)).catch(() => undefined);
        const isThere = text !== undefined &&
          (section === undefined || sectionsOf(text).includes(section));
        if (!isThere) broken.push(`${file}${section === undefined ? "" : `#${section}`}`);
      }
      assert.deepEqual(broken, []);
    });
  }
});

Deno.test("links in code are none, and sections are named as GitHub names them", () => {
  assert.deepEqual(linksOf("[a](b.md#c) [d](https://e.example/#f)\n\n```\n[g](h.md)\n```\n"), [
    { file: "b.md", section: "c" },
  ]);
  assert.deepEqual(sectionsOf("# `GET /tasks/{id}`: a look\n"), ["get-tasksid-a-look"]);
});
