import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { SECRET_SHAPES } from "../../shared/redact.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Shapes that only a file has, besides those of a log line. */
const shapes: Readonly<Record<string, RegExp>> = {
  ...SECRET_SHAPES,
  "a key of a cloud": /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bAIza[\w-]{35}/g,
  "a token of a code host or registry":
    /\b(?:ghp|gho|ghs|github_pat|npm|glpat|sbp)[_-][A-Za-z0-9_]{20,}/g,
};

/**
 * What may stand in the repository, because it opens nothing outside of a development machine or is
 * no secret at all. Whoever adds a line says why.
 */
const allowed: readonly (readonly [value: RegExp, why: string])[] = [
  [/^m3d_dev_LocalDevelopmentOnly/, "the key of the development seed"],
  [/^eyJhbGciOi\w+$/, "the head of a token without its body: only how it is signed"],
];

interface Finding {
  readonly shape: string;
  readonly value: string;
}

/** As keys are made, and not as people write an example of one. */
function looksMade(value: string): boolean {
  return value.length >= 20 && /\d/.test(value) && /[a-z]/i.test(value) && !value.includes("${");
}

function secretsIn(text: string): Finding[] {
  return Object.entries(shapes).flatMap(([shape, pattern]) =>
    [...text.matchAll(pattern)]
      .map(([value]) => ({ shape, value }))
      .filter(({ value }) => looksMade(value) && !allowed.some(([known]) => known.test(value)))
  );
}

/** Files that are in the next commit or may be: tracked, or new and not ignored. Undefined without git. */
async function filesOfRepository(): Promise<readonly string[] | undefined> {
  try {
    const { success, stdout } = await new Deno.Command("git", {
      args: ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
      cwd: root,
      stderr: "null",
    }).output();
    return success ? new TextDecoder().decode(stdout).split("\0").filter(Boolean) : undefined;
  } catch {
    return undefined;
  }
}

const files = await filesOfRepository();

Deno.test({
  name: "no file of the repository has a secret",
  // A copy of the sources without its history has nothing that could be committed.
  ignore: files === undefined,
  async fn() {
    assert.ok(files && files.length > 100);
    const found: string[] = [];
    for (const file of files) {
      // A file that is deleted but not yet committed is listed, too.
      const text = await Deno.readTextFile(root + file).catch(() => "");
      for (const { shape, value } of secretsIn(text)) {
        const line = text.slice(0, text.indexOf(value)).split("\n").length;
        found.push(`${file}:${line} has ${shape}, ${value.slice(0, 12)}…`);
      }
    }
    assert.deepEqual(
      found,
      [],
      "Take it out and replace it where it is used, for it may have been seen. If it opens nothing, " +
        "say so in tests/structure/tracked_secrets_test.ts",
    );
  },
});

Deno.test({
  name: "what must not be committed is ignored",
  ignore: files === undefined,
  async fn() {
    const { stdout } = await new Deno.Command("git", {
      args: ["check-ignore", ".env", ".dev/54321/secrets.json"],
      cwd: root,
    }).output();
    assert.equal(new TextDecoder().decode(stdout), ".env\n.dev/54321/secrets.json\n");
  },
});

Deno.test("each shape is noticed", async (t) => {
  const long = "a1B2".repeat(10);
  // Put together here, so that this file has none of them.
  const examples: Readonly<Record<string, string>> = {
    "credentials of a header": `${"Bearer"} ${long}`,
    "a key of an AI service": ["sk", long].join("-"),
    "an API key of ours": ["m3d", long].join("_"),
    "a secret key of the project": ["sb_secret", long].join("_"),
    "a token": ["eyJhbGciOiJIUzI1NiJ9", long, long].join("."),
    "a signature in a URL": ["https://x.example/?token", long].join("="),
    "the password of a URL": ["postgres://postgres", `${long}@db.example/postgres`].join(":"),
    "a private key": `-----BEGIN ${"PRIVATE"} KEY-----\n${long}`,
    "a key of a cloud": ["AKIA", "A1B2C3D4E5F6G7H8"].join(""),
    "a token of a code host or registry": ["ghp", long].join("_"),
  };
  assert.deepEqual(Object.keys(examples), Object.keys(shapes));
  for (const [shape, text] of Object.entries(examples)) {
    await t.step(shape, () => {
      assert.ok(secretsIn(`const x = "${text}";`).some((finding) => finding.shape === shape));
    });
  }
});
