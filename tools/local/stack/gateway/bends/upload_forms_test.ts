import assert from "node:assert/strict";
import { readUploadForm } from "./upload_forms.ts";

const DISPOSITION = "Content-Disposition: form-data";

function request(body: string | ReadableStream<Uint8Array>): Request {
  return new Request("http://storage/", {
    method: "POST",
    headers: { "content-type": "multipart/form-data; boundary=b" },
    body,
  });
}

async function fileOf(body: string): Promise<unknown> {
  const form = await readUploadForm(request(body));
  return form && { ...form.headers, text: String(form.body) };
}

Deno.test("a form's file is sent on, under any name or none", async (t) => {
  for (const name of ["", "file", "a"]) {
    await t.step(`"${name}"`, async () => {
      const file =
        `${DISPOSITION}; name="${name}"; filename="x"\r\nContent-Type: image/png\r\n\r\n`;
      const body = `--b\r\n${DISPOSITION}; name="cacheControl"\r\n\r\n60\r\n--b\r\n${file}abc`;
      assert.deepEqual(await fileOf(`${body}\r\n--b--\r\n`), {
        "content-type": "image/png",
        "cache-control": "max-age=60",
        text: "abc",
      });
    });
  }
});

Deno.test("what is no form is left alone", async () => {
  const plain = new Request("http://storage/", { method: "POST", body: "abc" });
  assert.equal(await readUploadForm(plain), undefined);
});

Deno.test("a form without a file or without an end is an error, and no more", async (t) => {
  const forms = {
    "without a file": `--b\r\n${DISPOSITION}; name="cacheControl"\r\n\r\n60\r\n--b--\r\n`,
    "cut off": `--b\r\n${DISPOSITION}; name=""; filename="x"\r\n\r\nabc`,
    "cut off in its head": `--b\r\n${DISPOSITION}`,
    "of no sense": "abc",
    "empty": "",
  };
  for (const [kind, body] of Object.entries(forms)) {
    await t.step(kind, async () => {
      await assert.rejects(readUploadForm(request(body)));
    });
  }
  await t.step("broken off on the way", async () => {
    const stream = ReadableStream.from((async function* () {
      yield new TextEncoder().encode(forms["cut off"]);
      throw new Error("gone");
    })());
    await assert.rejects(readUploadForm(request(stream)), /gone/);
  });
});
