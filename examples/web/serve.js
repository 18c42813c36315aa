/** Bundles the page's script with the project's address and keys, and serves the page. */
import process from "node:process";
import { context } from "esbuild";

const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, API_KEY, PORT = "8000" } = process.env;
const settings = { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, API_KEY };

const builder = await context({
  entryPoints: ["app.js"],
  bundle: true,
  format: "esm",
  outdir: "page",
  define: Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, JSON.stringify(value ?? "")]),
  ),
});
const { port } = await builder.serve({ host: "127.0.0.1", port: Number(PORT), servedir: "page" });
process.stdout.write(`http://127.0.0.1:${port}\n`);
