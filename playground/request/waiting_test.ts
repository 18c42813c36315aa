import assert from "node:assert/strict";
import { formOf } from "./testing.ts";
import { waitingWords } from "./waiting.ts";

const form = formOf("text-to-image", "openai");
const entry = { operation: form.operation, provider: form.provider };

Deno.test("a request that waits says why: a pause, a closed provider, or nothing that is known", () => {
  const closed = { ...entry, availability: "closed" } as const;
  const paused = waitingWords(form, { pause: "Back at noon", availability: [closed] });
  assert.match(paused, /^New requests are paused \(“Back at noon”\)/);
  const alone = waitingWords(form, { pause: undefined, availability: [closed] });
  assert.match(alone, /^OpenAI takes no new requests for now/);
  const open = { pause: undefined, availability: [{ ...closed, availability: "open" }] } as const;
  assert.match(waitingWords(form, open), /^It takes longer than usual/);
});
