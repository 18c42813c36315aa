import assert from "node:assert/strict";
import { endUserPseudonym } from "./end_user.ts";

Deno.test(
  "a pseudonym is the same at every call, differs by user and salt, and hides the id",
  () => {
    const pseudonym = endUserPseudonym("user-1", "salt");
    assert.equal(pseudonym, endUserPseudonym("user-1", "salt"));
    assert.notEqual(pseudonym, endUserPseudonym("user-2", "salt"));
    assert.notEqual(pseudonym, endUserPseudonym("user-1", "other"));
    assert.match(pseudonym, /^[0-9a-f]{64}$/);
  },
);
