import assert from "node:assert/strict";
import { endUserPseudonym } from "./end_user.ts";

Deno.test(
  "a pseudonym is the same at every call, differs by user and project, and hides the id",
  () => {
    const pseudonym = endUserPseudonym("user-1", "https://one.example");
    assert.equal(pseudonym, endUserPseudonym("user-1", "https://one.example"));
    assert.notEqual(pseudonym, endUserPseudonym("user-2", "https://one.example"));
    assert.notEqual(pseudonym, endUserPseudonym("user-1", "https://two.example"));
    assert.match(pseudonym, /^[0-9a-f]{64}$/);
  },
);
