/**
 * What an app does with the client, as a whole program: a picture from words, a model of it, progress,
 * what goes wrong, and what an earlier run has left. A test checks its types and runs it.
 */
export const CLIENT_PROGRAM =
  `import { createMakeIt3D, GenerationFailedError, RefusedError } from "@makeit3d/client";
import { createClient } from "@supabase/supabase-js";
import process from "node:process";

const { SUPABASE_URL = "", SUPABASE_PUBLISHABLE_KEY = "", API_KEY = "" } = process.env;
const { TEST_USER_EMAIL: email = "", TEST_USER_PASSWORD: password = "" } = process.env;
// The app's own client: its signed-in user decides. The API key is public in an app.
const supabase = createClient(SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, {
  // Only for Node.js 20, which has no WebSocket: supabase-js asks for one, and it is not used here.
  realtime: { transport: globalThis.WebSocket ?? class {} },
});
await supabase.auth.signInWithPassword({ email, password });
const makeit3d = createMakeIt3D({ supabase, apiKey: API_KEY });

try {
  // What was under way when the app ended: asked for again as the same request, paid once.
  for (const generation of await makeit3d.resume()) await generation.result();
  const { assets: [picture] } = await makeit3d.generate("text-to-image", {
    provider: "openai",
    prompt: "A clay robot watering a cactus",
  }, { onUpdate: ({ status, progress }) => console.log(status, progress ?? 0) });
  if (picture === undefined) throw new Error("No picture");
  // A result, a File, a Blob, bytes or a picker's { uri }: files are uploaded by the client.
  const model = await makeit3d.generate("image-to-model", { provider: "tripo", images: [picture] });
  console.log(picture.url, model.assets[0]?.url);
} catch (error) {
  if (error instanceof RefusedError) console.error(error.code, error.fields);
  else if (error instanceof GenerationFailedError) console.error(error.message, error.billed);
  else throw error;
}
makeit3d.close();
`;
