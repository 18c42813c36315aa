import assert from "node:assert/strict";
import { signIn, type User } from "../support/client.ts";
import { stack } from "../support/stack.ts";
import { type MobileForm, mobileForms } from "./mobile_forms.ts";

const BYTES = Uint8Array.from({ length: 3000 }, (_, index) => index % 256);
const STORAGE = `${stack.projectUrl}/storage/v1`;
const run = crypto.randomUUID();

function headersOf({ token }: User): Record<string, string> {
  return { apikey: stack.secrets.publishableKey, authorization: `Bearer ${token}` };
}

/** Sends a file as the SDK does. Returns what Storage answers. */
async function send(
  form: MobileForm,
  user: User,
  method: string,
  address: string,
  bytes = BYTES,
): Promise<Record<string, unknown>> {
  const { headers, body } = form.bodyOf({ path: address, type: "image/png", bytes });
  const response = await fetch(`${STORAGE}/object/${address}`, {
    method,
    headers: { ...headersOf(user), ...headers, "x-upsert": "false" },
    body: await body.bytes(),
  });
  return await response.json();
}

async function read(user: User, path: string): Promise<[string | null, Uint8Array]> {
  const address = `${STORAGE}/object/authenticated/inputs/${path}`;
  const response = await fetch(address, { headers: headersOf(user) });
  return [response.headers.get("content-type"), await response.bytes()];
}

for (const form of mobileForms) {
  Deno.test(`a file is stored as ${form.sdk} sends it`, async (t) => {
    const user = await signIn();
    const folder = `${user.id}/${run} ${form.sdk}`.replaceAll(/[ ,]/g, "-");
    const path = `${folder}/a+b&c=d@e:f,g;h$.png`;
    await t.step("a new file", async () => {
      const { Key, Id } = await send(form, user, "POST", `inputs/${path}`);
      assert.equal(Key, `inputs/${path}`);
      assert.match(String(Id), /^[0-9a-f-]{36}$/);
      assert.deepEqual(await read(user, path), ["image/png", BYTES]);
    });
    await t.step("the same again", async () => {
      const { statusCode } = await send(form, user, "POST", `inputs/${path}`);
      assert.equal(statusCode, "409");
    });
    await t.step("another in its place", async () => {
      const other = BYTES.map((byte) => 255 - byte);
      const { Key } = await send(form, user, "PUT", `inputs/${path}`, other);
      assert.equal(Key, `inputs/${path}`);
      assert.deepEqual(await read(user, path), ["image/png", other]);
    });
    await t.step("a signed upload", async () => {
      const signed = `inputs/${folder}/signed.png`;
      const response = await fetch(`${STORAGE}/object/upload/sign/${signed}`, {
        method: "POST",
        headers: headersOf(user),
      });
      const { url } = await response.json();
      const token = new URL(`${STORAGE}${url}`).searchParams.get("token");
      const { Key } = await send(form, user, "PUT", `upload/sign/${signed}?token=${token}`);
      assert.equal(Key, signed);
      assert.deepEqual(await read(user, `${folder}/signed.png`), ["image/png", BYTES]);
    });
    await t.step("a user's id as it writes it is the user's folder, or refused", async () => {
      const id = form.idOf(user.id);
      const { statusCode } = await send(
        form,
        user,
        "POST",
        `inputs/${id}/${run}/${form.sdk.length}`,
      );
      assert.equal(statusCode, id === user.id ? undefined : "403");
    });
  });
}

Deno.test("a form without a file, cut off or of no sense is refused", async (t) => {
  const { id, token } = await signIn();
  const headers = headersOf({ token } as User);
  const forms = {
    "without a file":
      '--b\r\nContent-Disposition: form-data; name="cacheControl"\r\n\r\n60\r\n--b--\r\n',
    "cut off": '--b\r\nContent-Disposition: form-data; name=""; filename="a"\r\n\r\nhalf',
    "of no sense": "photo",
    "empty": "",
  };
  for (const [kind, body] of Object.entries(forms)) {
    await t.step(kind, async () => {
      const response = await fetch(`${STORAGE}/object/inputs/${id}/${run}.png`, {
        method: "POST",
        headers: { ...headers, "content-type": "multipart/form-data; boundary=b" },
        body,
      });
      assert.equal(response.status, 400);
      assert.equal((await response.json()).statusCode, "400");
    });
  }
});

Deno.test("a resumable upload as supabase-kt makes one", async () => {
  // supabase-community/supabase-kt 3.2.5, storage/resumable: ResumableClient.kt, ResumableUpload.kt
  const user = await signIn();
  const path = `${user.id}/${run}/kt.png`;
  const encode = (text: string): string => btoa(text);
  const authorization = `Bearer ${user.token}`;
  const created = await fetch(`${STORAGE}/upload/resumable`, {
    method: "POST",
    headers: {
      authorization,
      "Upload-Metadata": [
        `bucketName ${encode("inputs")}`,
        `objectName ${encode(path)}`,
        `contentType ${encode("image/png")}`,
      ].join(","),
      "Upload-Length": String(BYTES.length),
      "Tus-Resumable": "1.0.0",
      "x-upsert": "false",
    },
  });
  await created.body?.cancel();
  assert.equal(created.status, 201);
  const location = created.headers.get("location") ?? "";
  assert.ok(location.startsWith(`${STORAGE}/upload/resumable/`), location);
  for (const [from, to] of [[0, 2000], [2000, 3000]]) {
    const head = await fetch(location, {
      method: "HEAD",
      headers: { authorization, "Tus-Resumable": "1.0.0" },
    });
    assert.equal(head.headers.get("upload-offset"), String(from));
    const sent = await fetch(location, {
      method: "PATCH",
      headers: {
        authorization,
        "Tus-Resumable": "1.0.0",
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": String(from),
      },
      body: BYTES.slice(from, to),
    });
    assert.deepEqual([sent.status, sent.headers.get("upload-offset")], [204, String(to)]);
  }
  assert.deepEqual(await read(user, path), ["image/png", BYTES]);
});
