import assert from "node:assert/strict";
import { cliFailure } from "./cli_failure.ts";

/** As `run` tells of it. */
function failure(error: Readonly<Record<string, string>>): Error {
  return new Error(
    `Cannot run supabase db: exit code 1\nTarget: project ref\n${
      JSON.stringify({ target: { kind: "linked" }, _tag: "Error", error })
    }`,
  );
}

function wordsOf(cause: unknown): string {
  const error = cliFailure(cause);
  assert.ok(error instanceof Error);
  return error.message;
}

Deno.test("who is not logged in is told how to log in", () => {
  const message = "Access token not provided. Supply an access token by running `supabase login`";
  for (const code of ["AccessTokenRequiredError", "DbQueryLoginRequiredError"]) {
    assert.match(
      wordsOf(failure({ code, message })),
      /^You are not logged in to Supabase\. Log in with npx -y supabase@3\.1\.0 login, or set /,
    );
  }
});

Deno.test("what the CLI says is told in its words, with options that the command has", () => {
  const words = wordsOf(failure({
    code: "DbConfigIpv6Error",
    message: "IPv6 is not supported on your current network",
    suggestion: "Pass the project's connection pooler URL with --remote=<pooler db-url>.",
  }));
  assert.equal(
    words,
    "The Supabase CLI says: IPv6 is not supported on your current network\n" +
      "Pass the project's connection pooler URL with --database <pooler db-url>.",
  );
});

Deno.test("what is no failure of the CLI stays as it is", () => {
  for (const error of [new Error("Cannot run supabase db: exit code 1\n{oops"), "words"]) {
    assert.equal(cliFailure(error), error);
  }
});
