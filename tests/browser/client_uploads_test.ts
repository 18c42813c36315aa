import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { Gate } from "../clients/support/gate.ts";
import { countTasksOf, type NewUser, newUser, tokenOf } from "../support/new_user.ts";
import { stack } from "../support/stack.ts";
import { uploadsOf } from "../support/uploads.ts";
import { drawLargePhoto } from "./support/large_photo.ts";
import { choosePhoto, openClient, type PageSettings, slowDown } from "./support/open_client.ts";
import { withPage } from "./support/with_page.ts";

const photo = await drawLargePhoto();
/** Bytes a second: the photo is on its way for about a second. */
const UPLINK = 4_000_000;

/** A page in which a user has chosen a photo, with a slow network. */
async function withPhoto(
  settingsOf: (user: NewUser) => PageSettings | Promise<PageSettings>,
  work: (page: Page, user: NewUser) => Promise<void>,
): Promise<void> {
  const user = await newUser();
  await withPage(async (page) => {
    await openClient(page, await settingsOf(user));
    await choosePhoto(page, photo);
    await slowDown(page, UPLINK);
    await page.evaluate("window.told = []");
    await work(page, user);
  });
}

/** Begins an upload of it as it is. What becomes of it is `window.uploaded`. */
const UPLOAD = `void (window.uploaded = makeit3d.upload(photo, {
  onUpload: (sent, total) => told.push([sent, total]),
}).then(() => "done", ({ name, code, status }) => ({ name, code, status })))`;

const told = async (page: Page): Promise<readonly (readonly [number, number])[]> =>
  await page.evaluate("told");

Deno.test("an upload tells how much has left the page, and ends with a file of all its bytes", async () => {
  await withPhoto((user) => user, async (page, user) => {
    await page.evaluate(UPLOAD);
    assert.equal(await page.evaluate("uploaded"), "done");
    const all = await told(page);
    const sent = all.map(([bytes]) => bytes);
    assert.ok(new Set(sent).size > 5, `${sent}`);
    assert.deepEqual(sent, sent.toSorted((left, right) => left - right));
    assert.deepEqual([sent[0], sent.at(-1)], [0, photo.length]);
    assert.ok(all.every(([, total]) => total === photo.length));
    assert.deepEqual(await uploadsOf(user), [photo.length]);
  });
});

Deno.test("an abort in the middle of an upload stores nothing, and asks for nothing", async () => {
  await withPhoto((user) => user, async (page, user) => {
    const error = await page.evaluate(`(async () => {
      const abort = new AbortController();
      const request = { provider: "tripo", images: [photo] };
      return await makeit3d.generate("image-to-model", request, {
        signal: abort.signal,
        onUpload: (sent, total) => {
          told.push([sent, total]);
          if (sent > 0) abort.abort();
        },
      }).catch(({ name, code, billed }) => ({ name, code, billed }));
    })()`);
    assert.deepEqual(error, { name: "CanceledError", code: "canceled", billed: "no" });
    const [, [sent, total] = [0, 0]] = await told(page);
    assert.ok(sent > 0 && sent < total, `${sent} of ${total}`);
    assert.deepEqual([await uploadsOf(user), await countTasksOf(user)], [[], 0]);
  });
});

Deno.test("a network that goes in the middle of an upload is waited for, and the file is sent anew", async () => {
  const gate = new Gate(stack.projectUrl);
  let passed = 0;
  let isGone = false;
  gate.breaks = (text) => {
    passed += text.length;
    if (isGone || passed < photo.length / 2) return false;
    isGone = true;
    // Back when the page has tried in vain.
    gate.shut().then(() => gate.open());
    return true;
  };
  try {
    await withPhoto(({ token }) => ({ token, url: gate.url }), async (page, user) => {
      await page.evaluate(UPLOAD);
      assert.equal(await page.evaluate("uploaded"), "done");
      assert.ok(isGone);
      const sent = (await told(page)).map(([bytes]) => bytes);
      const back = sent.findIndex((bytes, place) => bytes < (sent[place - 1] ?? 0));
      assert.ok(back > 0 && sent[back] === 0, `${sent}`);
      assert.equal(sent.at(-1), photo.length);
      assert.deepEqual(await uploadsOf(user), [photo.length]);
    });
  } finally {
    await gate.end();
  }
});

Deno.test("a token that Storage takes no longer is renewed, and where it is not the error says so", async (t) => {
  const expired = ({ id }: NewUser): Promise<string> => tokenOf(id, {}, "-1h");
  await t.step("renewed", async () => {
    const settingsOf = async (user: NewUser) => ({
      token: await expired(user),
      renewed: user.token,
    });
    await withPhoto(settingsOf, async (page, user) => {
      await page.evaluate(UPLOAD);
      assert.equal(await page.evaluate("uploaded"), "done");
      assert.deepEqual(await uploadsOf(user), [photo.length]);
    });
  });
  await t.step("not renewed", async () => {
    await withPhoto(async (user) => ({ token: await expired(user) }), async (page, user) => {
      await page.evaluate(UPLOAD);
      const error = await page.evaluate<Record<string, unknown>>("uploaded");
      assert.deepEqual([error["name"], error["status"]], ["RefusedError", 401]);
      assert.deepEqual(await uploadsOf(user), []);
    });
  });
});
