/**
 * What an app does with the SDKs, in whatever runs JavaScript: pages and Node are given this file
 * without its types. It imports no values, and tells what it saw in JSON.
 */
import type { createClient, SupabaseClient } from "@supabase/supabase-js";
import type { Upload } from "tus-js-client";

export interface Sdks {
  readonly createClient: typeof createClient;
  readonly Upload: typeof Upload;
  /** What `tus-js-client` takes for a file here. */
  fileOf(bytes: Uint8Array<ArrayBuffer>): ConstructorParameters<typeof Upload>[0];
  /** For the realtime client, where there is no WebSocket. */
  readonly options?: Parameters<typeof createClient>[2];
}

export interface Project {
  readonly url: string;
  readonly key: string;
  readonly apiKey: string;
}

export interface SignedIn {
  readonly supabase: SupabaseClient;
  readonly id: string;
}

/** Signs up, out and in, and has the token renewed. */
export async function signUp(
  sdks: Sdks,
  { url, key }: Project,
): Promise<SignedIn & { readonly seen: unknown }> {
  const supabase = sdks.createClient(url, key, sdks.options);
  const user = { email: `${crypto.randomUUID()}@example.com`, password: "a password" };
  const signedUp = await supabase.auth.signUp(user);
  const signedOut = await supabase.auth.signOut();
  const signedIn = await supabase.auth.signInWithPassword(user);
  const refreshed = await supabase.auth.refreshSession();
  const asked = await supabase.auth.getUser();
  const wrong = await supabase.auth.signInWithPassword({ ...user, password: "another" });
  const steps = [signedUp, signedOut, signedIn, refreshed, asked];
  return {
    supabase,
    id: signedIn.data.user?.id ?? "",
    seen: {
      errors: steps.map(({ error }) => error?.message ?? null),
      isSameUser: [signedUp.data.user, refreshed.data.user, asked.data.user]
        .every((other) => other?.email === user.email && other.id === signedIn.data.user?.id),
      wrongPassword: wrong.error?.code,
    },
  };
}

/** Writes, reads, counts and deletes rows of the user's own. */
export async function useTables({ supabase }: SignedIn): Promise<unknown> {
  const rows = ["a", "b", "c"].map((name) => ({
    asset_url: `https://example.com/${name}.png`,
    task_id: name,
  }));
  const table = () => supabase.from("input_assets");
  const inserted = await table().insert(rows).select("task_id");
  const updated = await table().update({ metadata: { seen: true } }).eq("task_id", "b").select();
  const page = await table().select("task_id", { count: "exact" })
    .order("task_id", { ascending: false }).range(0, 1);
  const one = await table().select("task_id, metadata").eq("task_id", "b").single();
  const none = await table().select().eq("task_id", "z").single();
  const deleted = await table().delete().in("task_id", ["a", "b", "c"]).select("task_id");
  const foreign = await supabase.from("tasks").insert({ user_id: crypto.randomUUID() });
  return {
    inserted: inserted.data?.length,
    updated: updated.data?.length,
    page: page.data?.map(({ task_id }) => task_id),
    count: page.count,
    one: one.data,
    none: none.error?.code,
    deleted: deleted.data?.length,
    foreign: foreign.error?.code,
  };
}

/** A file with a length and bytes of its own. */
function bytesOf(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, index) => index % 251);
}

/** Names with all that the platform takes, and what it refuses. */
const NAMES = ["a:b+c&d=e,f;g@h$i.png", "it's (1) a! *.png", "plain.png"];
const REFUSED = ["ü.png", "a#b.png", "a[1].png", "a~b.png", "a|b.png", 'a"b.png'];

/** Uploads in each form that the SDK has, reads back, and lists. */
export async function useFiles({ supabase, id }: SignedIn): Promise<unknown> {
  const files = supabase.storage.from("inputs");
  const bytes = bytesOf(1000);
  const blob = new Blob([bytes], { type: "image/png" });
  const bodies = {
    File: new File([bytes], "mine.png", { type: "image/png" }),
    Blob: blob,
    Uint8Array: bytes,
    ArrayBuffer: bytes.buffer,
  };
  const options = { contentType: "image/png", cacheControl: "60" };
  const uploads: Record<string, unknown> = {};
  for (const [kind, body] of Object.entries(bodies)) {
    const path = `${id}/forms/${kind}.png`;
    const { data, error } = await files.upload(path, body, options);
    if (error) {
      uploads[kind] = error.message;
      continue;
    }
    const back = await files.download(path);
    uploads[kind] = {
      isKey: data.path === path && data.fullPath === `inputs/${path}`,
      type: back.data?.type,
      isSame: String(new Uint8Array(await back.data?.arrayBuffer() ?? [])) === String(bytes),
    };
  }
  const names: Record<string, unknown> = {};
  for (const name of [...NAMES, ...REFUSED]) {
    // As URLs hold it, the way an app does that knows of names.
    const { error } = await files.upload(`${id}/names/${encodeURIComponent(name)}`, blob);
    names[name] = error && "statusCode" in error
      ? `${error.statusCode} ${error.message.split(":")[0]}`
      : null;
  }
  const again = await files.upload(`${id}/forms/Blob.png`, blob);
  const over = await files.upload(`${id}/forms/Blob.png`, bodies.File, { upsert: true });
  const replaced = await files.update(`${id}/forms/File.png`, blob);
  const foreign = await files.upload(`${crypto.randomUUID()}/a.png`, blob);
  const capitals = await files.upload(`${id.toUpperCase()}/a.png`, blob);
  return {
    uploads,
    names,
    errors: [over, replaced].map(({ error }) => error?.message ?? null),
    again: statusOf(again.error),
    foreign: statusOf(foreign.error),
    capitals: statusOf(capitals.error),
    lists: await useLists({ supabase, id }),
    others: await useOtherWays({ supabase, id }),
  };
}

function statusOf(error: unknown): unknown {
  return error instanceof Error && "statusCode" in error ? error.statusCode : error;
}

/** Lists folders and pages of them. */
async function useLists({ supabase, id }: SignedIn): Promise<unknown> {
  const files = supabase.storage.from("inputs");
  const namesOf = async (...asked: Parameters<typeof files.list>): Promise<unknown> => {
    const { data, error } = await files.list(...asked);
    return error?.message ?? data?.map(({ name }) => name);
  };
  const { data } = await files.list(`${id}/forms`, { search: "blob" });
  return {
    user: await namesOf(id),
    folder: await namesOf(`${id}/forms`),
    page: await namesOf(`${id}/forms`, { limit: 2, offset: 1 }),
    reverse: await namesOf(`${id}/forms`, { sortBy: { column: "name", order: "desc" }, limit: 1 }),
    found: data?.map(({ name, metadata }) => [name, metadata?.["size"], metadata?.["mimetype"]]),
  };
}

/** Signed uploads and addresses, copies, moves, and the end of files. */
async function useOtherWays({ supabase, id }: SignedIn): Promise<unknown> {
  const files = supabase.storage.from("inputs");
  const blob = new Blob([bytesOf(10)], { type: "image/png" });
  const [file, copy, moved] = ["signed.png", "copy.png", "moved.png"]
    .map((name) => `${id}/others/${name}`);
  if (!file || !copy || !moved) throw new Error("Unreachable");
  const signed = await files.createSignedUploadUrl(file);
  const uploaded = await files.uploadToSignedUrl(file, signed.data?.token ?? "", blob);
  const address = await files.createSignedUrl(file, 60);
  const both = await files.createSignedUrls([file, `${id}/none.png`], 60);
  const read = address.data && await fetch(address.data.signedUrl);
  const copied = await files.copy(file, copy);
  const refused = await files.move(file, `${id}/others/ü.png`);
  const wayOut = await files.move(file, moved);
  const exists = await files.exists(moved);
  const removed = await files.remove([copy, moved]);
  return {
    errors: [signed, uploaded, address, both, copied, wayOut, exists, removed]
      .map(({ error }) => error?.message ?? null),
    isKey: uploaded.data?.fullPath === `inputs/${file}` && copied.data?.path === `inputs/${copy}`,
    length: (await read?.arrayBuffer())?.byteLength,
    both: both.data?.map(({ error }) => error !== null),
    refused: statusOf(refused.error),
    exists: exists.data,
    removed: removed.data?.length,
  };
}

/** A resumable upload in parts, which is broken off after one and taken up again. */
export async function useResumable(
  { Upload: TusUpload, fileOf }: Sdks,
  { url }: Project,
  { supabase, id }: SignedIn,
): Promise<unknown> {
  const { data } = await supabase.auth.getSession();
  const bytes = bytesOf(250_000);
  const path = `${id}/resumable/large.png`;
  const send = (objectName: string, breaksOff: boolean): Promise<string> =>
    new Promise((resolve) => {
      let broken = !breaksOff;
      const upload = new TusUpload(fileOf(bytes), {
        endpoint: `${url}/storage/v1/upload/resumable`,
        headers: { authorization: `Bearer ${data.session?.access_token}`, "x-upsert": "true" },
        uploadDataDuringCreation: true,
        chunkSize: 100_000,
        retryDelays: null,
        metadata: {
          bucketName: "inputs",
          objectName,
          contentType: "image/png",
          cacheControl: "60",
        },
        onChunkComplete: () => {
          if (broken) return;
          broken = true;
          upload.abort().then(() => upload.start());
        },
        onSuccess: () => resolve("stored"),
        onError: (error) =>
          resolve("originalResponse" in error ? String(error.originalResponse?.getStatus()) : "?"),
      });
      upload.start();
    });
  const stored = await send(path, true);
  const { data: back = null } = stored === "stored"
    ? await supabase.storage.from("inputs").download(path)
    : {};
  return {
    stored,
    isSame: String(new Uint8Array(await back?.arrayBuffer() ?? [])) === String(bytes),
    type: back?.type,
    foreign: await send(`${crypto.randomUUID()}/large.png`, false),
    badName: await send(`${id}/ü.png`, false),
  };
}

/** Calls functions, with every header that the SDK may add, and reads refusals. */
export async function useFunctions(
  { apiKey }: Project,
  { supabase, id }: SignedIn,
): Promise<unknown> {
  const headers = { "X-API-Key": apiKey };
  const call = async (path: string, options: object): Promise<Record<string, unknown>> => {
    const { data, error } = await supabase.functions.invoke(path, { headers, ...options });
    return error ? { refused: (await error.context.json()).error } : data;
  };
  const url = supabase.storage.from("inputs").getPublicUrl(`${id}/forms/Blob.png`).data.publicUrl;
  const account = await call("account", { method: "GET", region: "eu-central-1" });
  const none = await call("generation/remove-background", {
    body: { task_id: "none", provider: "stability", input_image_asset_url: `${url}x` },
  });
  const accepted = await call("generation/text-to-image", {
    body: { task_id: crypto.randomUUID(), provider: "openai", prompt: "A blue bird" },
  });
  const states = new Set<unknown>();
  let task: Record<string, unknown>;
  do {
    task = await call(`tasks/${accepted["celery_task_id"]}/status`, { method: "GET" });
    states.add(task["status"]);
    await new Promise((resolve) => setTimeout(resolve, 100));
  } while (task["status"] === "pending" || task["status"] === "processing");
  const image = await fetch(String(task["asset_url"]));
  return {
    plan: account["plan"],
    refused: none["refused"],
    last: [...states].at(-1),
    image: [image.status, image.headers.get("content-type")],
  };
}
