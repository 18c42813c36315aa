import { RefusedError, UnreachableError } from "@makeit3d/client";
import assert from "node:assert/strict";
import { RefusedFileError } from "./ready_files.ts";
import { isOfFields, isUnanswered, refusalWords } from "./refusal_words.ts";

const QUOTA = new RefusedError({
  status: 429,
  code: "quota_exceeded",
  message: "Limit of 10 images a day of the user's plan reached: 16 used",
  retryAfterSeconds: 7_200,
});
const CLOSED = new RefusedError({
  status: 503,
  code: "unavailable",
  message: "Submits are paused",
  requestId: "r-1",
});
const FIELD = new RefusedError({
  status: 400,
  code: "invalid_request",
  message: "aspect_ratio: Must lie between 21:9 and 9:21",
  fields: [{ field: "aspect_ratio", message: "Must lie between 21:9 and 9:21" }],
});

Deno.test("a refusal says what is wrong and when to come back, and an operator finds it", () => {
  assert.equal(
    refusalWords(QUOTA).replace("\u00a0", " "),
    "The plan's quota of the day is used up; again in 2 h",
  );
  assert.equal(refusalWords(CLOSED), "Submits are paused (r-1)");
  assert.equal(refusalWords(new Error("no network")), "no network");
});

Deno.test("what fields say is not said again, and silence is no refusal", () => {
  assert.deepEqual([FIELD, new RefusedFileError("image", "Is empty"), QUOTA].map(isOfFields), [
    true,
    true,
    false,
  ]);
  assert.deepEqual([new UnreachableError("no answer"), QUOTA].map(isUnanswered), [true, false]);
});
