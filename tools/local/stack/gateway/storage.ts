import { type Context, Hono } from "hono";
import { z } from "zod";
import { listFolder } from "./bends/folder_lists.ts";
import { askForObject, type AskStorage, localPathOf, readObject } from "./bends/local_storage.ts";
import { withStoredType } from "./bends/media_types.ts";
import { invalidKey, isValidKey, storageError } from "./bends/object_keys.ts";
import { namedObject } from "./bends/object_names.ts";
import { asRange } from "./bends/ranges.ts";
import { createResumableUploads, RESUMABLE } from "./bends/resumable_uploads.ts";
import { asSignedUpload, asStoredUpload } from "./bends/signed_uploads.ts";
import { signAddresses } from "./bends/signed_urls.ts";
import { readUploadForm } from "./bends/upload_forms.ts";
import { forward, type Instead, pathOf } from "./forward.ts";

export interface StorageOptions {
  /** Where the local Storage is. */
  readonly services: string;
  readonly publishableKey: string;
  readonly secretKey: string;
  /** Of resumable uploads that are not complete. */
  readonly uploadsFolder: string;
}

/** Storage as the platform has it, by the local one and what is bent of it. */
export function createStorage(options: StorageOptions): Hono {
  const { services, publishableKey, secretKey } = options;
  const resumable = createResumableUploads({ ...options, folder: options.uploadsFolder });

  /** Who brings no key is anonymous: the local Storage would take it for one of its own Studio. */
  const keyOf = (c: Context): string => c.req.header("apikey") ?? publishableKey;

  const asking = (c: Context, instead: Instead = {}): AskStorage => (path, own) => {
    const apikey = keyOf(c);
    if (!own) {
      const headers = { ...instead.headers, apikey };
      return forward(c, `${services}${path}`, { ...instead, headers });
    }
    const authorization = c.req.header("authorization");
    return fetch(`${services}${path}`, {
      method: own.method,
      headers: {
        apikey,
        "content-type": "application/json",
        ...(authorization && { authorization }),
      },
      body: JSON.stringify(own.body) ?? null,
    });
  };
  /** Functions read by the secret key, and look at the bytes: they need no type. */
  const isFunction = (c: Context): boolean =>
    [c.req.header("apikey"), c.req.header("authorization")].some((key) => key?.endsWith(secretKey));

  const askAsOwner = (path: string): Promise<Response> =>
    fetch(`${services}${path}`, {
      headers: { apikey: secretKey, authorization: `Bearer ${secretKey}` },
    });
  const app = new Hono();

  app.use("/storage/v1/*", async (c, next) => {
    // No name in Postgres has one; the local Storage answers 500.
    return c.req.url.includes("%00") ? invalidKey(c.req.path) : await next();
  });
  app.post(
    "/storage/v1/object/list/:bucket",
    async (c) => await listFolder(c.req.param("bucket"), await jsonOf(c), asking(c)),
  );
  app.post("/storage/v1/object/move", (c) => changePlace(c, asking));
  app.post("/storage/v1/object/copy", async (c) => await asCopy(c, await changePlace(c, asking)));
  app.post(
    "/storage/v1/object/sign/*",
    async (c) =>
      await signAddresses(
        { path: pathOf(c), body: await jsonOf(c) },
        (path, body) => asking(c)(localPathOf(path), { method: "POST", body }),
      ),
  );
  app.on(["POST", "PUT"], "/storage/v1/object/*", (c) => store(c, asking));
  for (const path of [RESUMABLE, `${RESUMABLE}/*`]) {
    app.all(path, (c) => resumable.handleWeb(c.req.raw));
  }
  app.on(["GET", "HEAD"], "/storage/v1/*", async (c) => {
    // The local Storage knows a file that needs a token only without this word in its address.
    const path = pathOf(c).replace("/object/authenticated/", "/object/");
    const answer = await readObject(path, asking(c));
    const typed = isFunction(c) ? answer : await withStoredType(path, answer, askAsOwner);
    return asRange(c.req.header("range"), typed);
  });
  app.all("/storage/v1/*", (c) => askForObject(pathOf(c), asking(c)));
  return app;
}

type Asking = (c: Context, instead?: Instead) => AskStorage;

/** Stores a file that is sent as it is or in a form, or signs that it may be stored. */
async function store(c: Context, asking: Asking): Promise<Response> {
  const path = pathOf(c);
  const named = namedObject(path);
  if (!named || !isValidKey(named.name)) return invalidKey(named?.name ?? "");
  const isSigned = named.before.startsWith("/storage/v1/object/upload/sign/");
  if (isSigned && c.req.method === "POST") {
    return await asSignedUpload(named, await askForObject(path, asking(c)));
  }
  try {
    const answer = await askForObject(path, asking(c, await readUploadForm(c.req.raw)));
    return isSigned ? await asStoredUpload(named, answer) : answer;
  } catch (error) {
    return storageError(400, "InvalidRequest", `Cannot read the form: ${error}`);
  }
}

const place = z.object({
  bucketId: z.string(),
  destinationBucket: z.string().nullish(),
  destinationKey: z.string(),
});

/** Moves or copies a file to a name that the platform takes. */
async function changePlace(c: Context, asking: Asking): Promise<Response> {
  const to = place.safeParse(await jsonOf(c));
  if (to.success && !isValidKey(to.data.destinationKey)) return invalidKey(to.data.destinationKey);
  return await asking(c, { body: await c.req.text() })(pathOf(c));
}

/** The local Storage answers `key` without the bucket, the platform `Key` with it. */
async function asCopy(c: Context, answer: Response): Promise<Response> {
  if (!answer.ok) return answer;
  await answer.body?.cancel();
  const { bucketId, destinationBucket, destinationKey } = place.parse(await jsonOf(c));
  return Response.json({ Key: `${destinationBucket ?? bucketId}/${destinationKey}` });
}

async function jsonOf(c: Context): Promise<unknown> {
  return await c.req.json().catch(() => undefined);
}
