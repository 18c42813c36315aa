import process from "node:process";
import { createMakeIt3D } from "@makeit3d/client";
import { createClient } from "@supabase/supabase-js";

const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, API_KEY, EMAIL, PASSWORD } = process.env;
const supabase = createClient(SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY);
await supabase.auth.signInWithPassword({ email: EMAIL, password: PASSWORD });
const makeit3d = createMakeIt3D({ supabase, apiKey: API_KEY });

const abort = new AbortController();
process.once("SIGINT", () => abort.abort());

const { assets } = await makeit3d.generate(
  "text-to-image",
  { provider: "openai", prompt: process.argv[2] },
  { signal: abort.signal, onUpdate: ({ status }) => console.log(status) },
);
console.log(assets[0].url);
process.exit();
