import { z } from "zod";

const secretsBody = z.array(z.object({ name: z.string(), value: z.string() }));

/** A stand-in for the platform's management API that notes what the CLI sends. */
export interface UploadedFunction {
  readonly slug: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Length of each file, by its path. */
  readonly files: Readonly<Record<string, number>>;
}

export interface PlatformApi {
  /** A profile of the CLI that has this API's address. */
  readonly profile: string;
  readonly uploads: readonly UploadedFunction[];
  /** Names of the functions that the project has. */
  readonly slugs: Set<string>;
  /** The project's secrets, as it was told to keep them. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** Works with an API of its own. */
export async function withPlatformApi(work: (api: PlatformApi) => Promise<void>): Promise<void> {
  const uploads: UploadedFunction[] = [];
  const slugs = new Set<string>();
  const secrets = new Map<string, string>();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => answer(request, { uploads, slugs, secrets }),
  );
  const address = `http://127.0.0.1:${server.addr.port}`;
  const profile = await Deno.makeTempFile({ suffix: ".yml" });
  await Deno.writeTextFile(
    profile,
    `name: recording\napi_url: ${address}\ndashboard_url: ${address}\nproject_host: 127.0.0.1\n`,
  );
  try {
    await work({ profile, uploads, slugs, secrets });
  } finally {
    await server.shutdown();
    await Deno.remove(profile);
  }
}

interface Known {
  readonly uploads: UploadedFunction[];
  readonly slugs: Set<string>;
  readonly secrets: Map<string, string>;
}

async function answer(
  request: Request,
  { uploads, slugs, secrets }: Known,
): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  if (request.method === "POST" && pathname.endsWith("/functions/deploy")) {
    const upload = await readUpload(searchParams.get("slug") ?? "", await request.formData());
    uploads.push(upload);
    slugs.add(upload.slug);
    return Response.json(functionOf(upload.slug), { status: 201 });
  }
  if (pathname.endsWith("/secrets")) return await answerSecrets(request, secrets);
  await request.body?.cancel();
  if (request.method === "GET" && pathname.endsWith("/functions")) {
    return Response.json([...slugs].map(functionOf));
  }
  if (request.method === "PUT" && pathname.endsWith("/functions")) {
    return Response.json({ functions: [] });
  }
  return Response.json({ message: `Nothing here at ${pathname}` }, { status: 404 });
}

/** As the API tells of a function. */
function functionOf(slug: string): Readonly<Record<string, string | number>> {
  const times = { created_at: 1, updated_at: 1 };
  return { id: slug, slug, name: slug, status: "ACTIVE", version: 1, ...times };
}

async function answerSecrets(
  request: Request,
  secrets: Map<string, string>,
): Promise<Response> {
  if (request.method === "GET") {
    const updated_at = new Date(0).toISOString();
    return Response.json([...secrets.keys()].map((name) => ({ name, value: "", updated_at })));
  }
  for (const { name, value } of secretsBody.parse(await request.json())) secrets.set(name, value);
  return Response.json({}, { status: 201 });
}

async function readUpload(slug: string, form: FormData): Promise<UploadedFunction> {
  const files: Record<string, number> = {};
  for (const file of form.getAll("file")) {
    if (file instanceof File) files[file.name] = file.size;
  }
  const metadata = form.get("metadata");
  const text = metadata instanceof File ? await metadata.text() : metadata ?? "{}";
  return { slug, metadata: JSON.parse(text), files };
}
