import { z } from "zod";

/** What the local Storage answers: the whole path, where the platform has only what is behind its own. */
const local = z.object({ signedUrl: z.string() });
const batch = z.object({ expiresIn: z.number(), paths: z.array(z.string()) });

/**
 * Has addresses signed, and says so as the platform does, which its clients understand. The local
 * Storage names the address otherwise, and does not find the way to its own signing of several files.
 *
 * @param ask Sends a body to a path of the local Storage.
 */
export async function signAddresses(
  { path, body }: { readonly path: string; readonly body: unknown },
  ask: (path: string, body: unknown) => Promise<Response>,
): Promise<Response> {
  const several = batch.safeParse(body);
  if (!several.success) return await signOne(path, body, ask);
  const { paths, expiresIn } = several.data;
  const signed = await Promise.all(paths.map(async (name) => {
    const encoded = name.split("/").map(encodeURIComponent).join("/");
    const response = await signOne(`${path}/${encoded}`, { expiresIn }, ask);
    const { signedURL = null } = await response.json();
    const error = "Either the object does not exist or you do not have access to it";
    return { error: signedURL === null ? error : null, path: name, signedURL };
  }));
  return Response.json(signed);
}

async function signOne(
  path: string,
  body: unknown,
  ask: (path: string, body: unknown) => Promise<Response>,
): Promise<Response> {
  const response = await ask(path, body);
  if (!response.ok) return response;
  const { signedUrl } = local.parse(await response.json());
  return Response.json({ signedURL: signedUrl.replace(/^\/storage\/v1/, "") });
}
