/**
 * Runs before a program of somebody else that keeps files in the person's home folder: it has the
 * folder that it runs in for one. Not by its environment, in which Deno finds its cache and `.npmrc`.
 *
 * @module
 */
Deno.env.set("HOME", Deno.cwd());
