/** Prints how many milliseconds it takes to load a function, in a process that has loaded nothing else. */
const [address = ""] = Deno.args;
// It is to be loaded, and not to answer.
Object.defineProperty(Deno, "serve", { value: () => {} });
const start = performance.now();
await import(address);
await Deno.stdout.write(new TextEncoder().encode(String(performance.now() - start)));
Deno.exit();
