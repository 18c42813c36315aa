/** Paths, locale, caches, certificates, proxies: a developer's settings of other things stay out. */
const INHERITED =
  /^(PATH|HOME|USER|LANG|LC_\w+|TZ|TMPDIR|XDG_\w+|DENO_DIR|DENO_CERT|DENO_TLS_CA_STORE|SSL_\w+|NODE_EXTRA_CA_CERTS|NPM_CONFIG_\w+|(HTTPS?|NO|ALL)_PROXY)$/i;

/** What every program of the stack needs of this process's environment. */
export function inheritedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(Deno.env.toObject()).filter(([name]) => INHERITED.test(name)),
  );
}
