import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import process from "node:process";
import { createMakeIt3D } from "@makeit3d/client";
import { createClient } from "@supabase/supabase-js";

const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, API_KEY, EMAIL, PASSWORD, KEPT } = process.env;
const supabase = createClient(SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY);
await supabase.auth.signInWithPassword({ email: EMAIL, password: PASSWORD });
// Browsers have `localStorage` for it, and phones AsyncStorage.
const storage = {
  getItem: () => existsSync(KEPT) ? readFileSync(KEPT, "utf8") : null,
  setItem: (_key, value) => writeFileSync(KEPT, value),
  removeItem: () => rmSync(KEPT),
};
const makeit3d = createMakeIt3D({ supabase, apiKey: API_KEY, storage });

const [kept] = await makeit3d.resume();
const request = { provider: "openai", prompt: process.argv[2] };
const generation = kept ?? await makeit3d.submit("text-to-image", request);
process.once("SIGINT", () => generation.cancel());
generation.subscribe(() => console.log(generation.problem?.message ?? generation.task?.status));
const { assets } = await generation.result();
console.log(assets[0].url);
process.exit();
