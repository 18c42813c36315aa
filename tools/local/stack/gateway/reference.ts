import type { Hono } from "hono";

/**
 * Nothing but this project's is loaded, whatever Redoc tries. It writes its styles into the page, and
 * has one font and pictures inside.
 */
const POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>MakeIt3D: the API</title>
<link rel="icon" href="data:,">
</head>
<body>
<redoc spec-url="/functions/v1/generation/openapi.json" disable-telemetry="true"></redoc>
<script type="module" src="/docs/redoc.js"></script>
</body>
</html>
`;

/** Where Redoc has its logo, the one file that it would load from elsewhere. */
const ELSEWHERE = "https://cdn.redoc.ly/redoc/";

/** Redoc makes a worker for its search by `eval`; where there are none, it searches in the page. */
const WITHOUT_WORKERS = "globalThis.Worker = undefined;\n";

const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" width="44" height="12" viewBox="0 0 44 12">
<text y="10" font-family="sans-serif" font-size="11" font-weight="bold" fill="#4c83f5">Redoc</text>
</svg>
`;

const INSTEAD = "Redoc, which shows this page, is fetched once, and could not be. The same is in " +
  "docs/api.md, and at /functions/v1/generation/llms-full.txt.";

/**
 * `/docs`: the API's OpenAPI document as a page, by Redoc.
 *
 * @param install Returns the path of Redoc's bundle; rejects where it is not there and cannot be fetched.
 */
export function addReference(app: Hono, install: () => Promise<string>): void {
  let program: Promise<string> | undefined;
  app.get("/docs/:name{redoc\\.js}?", async (c) => {
    try {
      const text = await (program ??= read(install));
      if (c.req.param("name")) return c.body(text, 200, { "content-type": "text/javascript" });
    } catch (error) {
      // The next request tries again.
      program = undefined;
      return c.text(`${error}\n\n${INSTEAD}\n`, 503);
    }
    c.header("Content-Security-Policy", POLICY);
    c.header("Referrer-Policy", "no-referrer");
    return c.html(PAGE);
  });
  app.get("/docs/:name{logo-mini(?:-full)?\\.svg}", (c) => {
    return c.body(LOGO, 200, { "content-type": "image/svg+xml" });
  });
}

async function read(install: () => Promise<string>): Promise<string> {
  const text = await Deno.readTextFile(await install());
  return WITHOUT_WORKERS + text.replaceAll(ELSEWHERE, "/docs/");
}
