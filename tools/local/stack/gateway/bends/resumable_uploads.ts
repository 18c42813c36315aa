import { FileStore } from "@tus/file-store";
import { Server } from "@tus/server";
import { join } from "node:path";
import { z } from "zod";
import { invalidKey, isValidKey } from "./object_keys.ts";

export const RESUMABLE = "/storage/v1/upload/resumable";

const metadata = z.object({
  bucketName: z.string(),
  objectName: z.string(),
  contentType: z.string().nullish(),
  cacheControl: z.string().nullish(),
});

interface ResumableOptions {
  /** Of parts that were sent, until an upload is complete. */
  readonly folder: string;
  /** Where the local Storage is, which has no resumable uploads. */
  readonly services: string;
  readonly publishableKey: string;
}

/**
 * Takes resumable uploads as the platform does, by the same library: whether the caller may store the
 * file is asked when an upload is begun, and it is stored in the caller's name when it is complete.
 */
export function createResumableUploads(
  { folder, services, publishableKey }: ResumableOptions,
): Server {
  const datastore = new FileStore({ directory: folder });

  async function ask(
    method: string,
    path: string,
    { headers }: Pick<Request, "headers">,
    own: { readonly headers?: Record<string, string>; readonly body?: BodyInit } = {},
  ): Promise<void> {
    const authorization = headers.get("authorization");
    const response = await fetch(`${services}/storage/v1/object/${path}`, {
      method,
      headers: {
        apikey: headers.get("apikey") ?? publishableKey,
        ...(authorization && { authorization }),
        "x-upsert": headers.get("x-upsert") ?? "false",
        ...own.headers,
      },
      body: own.body ?? null,
    });
    if (!response.ok) throw await failureOf(response);
    await response.body?.cancel();
  }

  return new Server({
    path: RESUMABLE,
    datastore,
    generateUrl: (request, { proto, host, path, id }) =>
      `${proto}://${host}${path}${isSigned(request.url) ? "/sign" : ""}/${id}`,
    onUploadCreate: async (request, upload) => {
      const named = metadata.safeParse(upload.metadata);
      if (!named.success) throw { status_code: 400, body: "Metadata header is required" };
      const { objectName } = named.data;
      if (!isValidKey(objectName)) throw await failureOf(invalidKey(objectName));
      // Who brings a signature was asked when it was made; it is checked when the file is stored.
      if (!isSigned(request.url)) {
        await ask("POST", `upload/sign/${pathOf(named.data)}`, request);
      }
      return {};
    },
    onUploadFinish: async (request, upload) => {
      const named = metadata.parse(upload.metadata);
      const own = {
        headers: {
          "content-type": named.contentType ?? "application/octet-stream",
          "cache-control": named.cacheControl ? `max-age=${named.cacheControl}` : "no-cache",
        },
        body: await Deno.readFile(join(folder, upload.id)),
      };
      const path = pathOf(named);
      if (isSigned(request.url)) {
        const token = encodeURIComponent(request.headers.get("x-signature") ?? "");
        await ask("PUT", `upload/sign/${path}?token=${token}`, request, own);
      } else {
        await ask("POST", path, request, own);
      }
      await datastore.remove(upload.id);
      return { headers: { "Tus-Complete": "1" } };
    },
  });
}

function isSigned(url: string): boolean {
  return new URL(url).pathname.startsWith(`${RESUMABLE}/sign`);
}

/** As the local Storage understands it: a valid key needs no more. */
function pathOf({ bucketName, objectName }: z.infer<typeof metadata>): string {
  return `${encodeURIComponent(bucketName)}/${encodeURI(objectName)}`;
}

const failure = z.object({ statusCode: z.coerce.number(), message: z.string() });

/** As the library is told of one: the status that Storage has in its body is that of HTTP here. */
async function failureOf(response: Response): Promise<{ status_code: number; body: string }> {
  const { statusCode, message } = failure.parse(await response.json());
  return { status_code: statusCode, body: message };
}
