import { Hono } from "hono";
import assert from "node:assert/strict";
import { withServer } from "../../testing/serve.ts";
import { createTestApp, jsonRequest, readCalls, TestClock } from "../testing.ts";
import {
  fromImage,
  fromText,
  IMAGE_TO_MODEL,
  imageFile,
  modelUpload,
  readable,
  readRefusal,
  readTask,
  readTaskId,
  TEXT_TO_MODEL,
  TEXTURE,
  upload,
} from "./testing.ts";
import { triggers } from "./triggers.ts";

async function submit(app: Hono, prompt: string): Promise<Response> {
  return await app.request(TEXT_TO_MODEL, jsonRequest({ ...fromText, prompt }));
}

const refusals: Readonly<Record<string, readonly [status: number, code: number]>> = {
  "sim:401": [401, 2],
  "sim:429": [429, 2000],
  "sim:500": [500, 1001],
  "sim:503": [503, 1001],
  "sim:moderated-input": [400, 2008],
  "sim:200-2008": [200, 2008],
  "sim:1003": [400, 1003],
  "sim:1004": [400, 1004],
  "sim:1005": [403, 1005],
  "sim:1007": [429, 1007],
  "sim:2000": [429, 2000],
  "sim:2001": [404, 2001],
  "sim:2002": [400, 2002],
  "sim:2003": [400, 2003],
  "sim:2004": [400, 2004],
  "sim:2006": [400, 2006],
  "sim:2007": [400, 2007],
  "sim:2008": [400, 2008],
  "sim:2009": [400, 2009],
  "sim:2010": [403, 2010],
  "sim:2014": [400, 2014],
  "sim:2015": [400, 2015],
  "sim:2016": [400, 2016],
  "sim:2017": [400, 2017],
  "sim:2018": [400, 2018],
  "sim:2021": [400, 2021],
  "sim:2022": [400, 2022],
  "sim:4001": [404, 4001],
};

Deno.test("a word keeps the task from being taken, and nothing is charged", async (t) => {
  for (const [word, refusal] of Object.entries(refusals)) {
    await t.step(word, async () => {
      const app = createTestApp();
      assert.deepEqual(await readRefusal(await submit(app, `a castle, ${word}.`)), refusal);
      assert.deepEqual(await readCalls(app), []);
    });
  }
});

Deno.test("both limits say when to come back", async () => {
  const tasks = await submit(createTestApp(), "sim:2000");
  assert.equal(tasks.headers.get("retry-after"), "1");
  const requests = await submit(createTestApp(), "sim:1007");
  assert.equal(requests.headers.get("x-ratelimit-reset"), "1");
});

const pages = { "sim:html-502": 502, "sim:html-200": 200 };

Deno.test("a word brings a page instead of JSON", async (t) => {
  for (const [word, status] of Object.entries(pages)) {
    await t.step(word, async () => {
      const app = createTestApp();
      const response = await submit(app, word);
      assert.equal(response.status, status);
      assert.equal(response.headers.get("content-type"), "text/html");
      await assert.rejects(response.json(), SyntaxError);
      assert.deepEqual(await readCalls(app), []);
    });
  }
});

const failures: Readonly<Record<string, readonly [status: string, errorCode?: number]>> = {
  "sim:moderated-output": ["failed", 2008],
  "sim:failed-2008": ["failed", 2008],
  "sim:failed-1000": ["failed", 1000],
  "sim:failed-1001": ["failed", 1001],
  "sim:failed-2014": ["failed", 2014],
  "sim:failed-2004": ["failed", 2004],
  "sim:failed-2018": ["failed", 2018],
  "sim:too-complex": ["failed", 2018],
  "sim:banned": ["banned"],
  "sim:cancelled": ["cancelled"],
  "sim:expired": ["expired"],
  "sim:unknown": ["unknown"],
};

Deno.test("a word makes a task fail, which is not charged", async (t) => {
  for (const [word, [status, errorCode]] of Object.entries(failures)) {
    await t.step(word, async () => {
      const app = createTestApp();
      const task = await readTask(app, await readTaskId(await submit(app, word)));
      assert.equal(task.status, status);
      assert.equal(task.error_code, errorCode);
      assert.deepEqual(task.output, {});
      assert.equal(task.credits_consumed, 0);
      assert.deepEqual(await readCalls(app), []);
    });
  }
});

/** The status after so many seconds of a task that usually takes ten. */
async function watch(word: string, seconds: number): Promise<readonly [string, number]> {
  const clock = new TestClock();
  const app = createTestApp({ latencyMs: 10_000, now: clock.now });
  const id = await readTaskId(await submit(app, word));
  clock.pass(seconds * 1_000);
  const { status, progress } = await readTask(app, id);
  return [status, progress];
}

Deno.test("a word decides how a task goes", async (t) => {
  const cases: Readonly<
    Record<string, readonly (readonly [seconds: number, status: string, progress: number])[]>
  > = {
    "sim:stuck": [[0, "queued", 0], [1_000_000, "queued", 0]],
    "sim:stuck-99": [[5, "running", 48], [1_000_000, "running", 99]],
    "sim:slow": [[10, "running", 69], [14, "running", 99], [15, "success", 100]],
    "sim:expired": [[9, "queued", 0], [10, "expired", 100]],
    "sim:failed-2018": [[9, "queued", 0], [10, "failed", 100]],
    "sim:too-complex": [[5, "running", 48], [10, "failed", 100]],
    "sim:unknown-first": [[5, "unknown", 0], [99, "unknown", 0], [100, "success", 100]],
  };
  for (const [word, course] of Object.entries(cases)) {
    await t.step(word, async () => {
      for (const [seconds, ...expected] of course) {
        assert.deepEqual(await watch(word, seconds), expected);
      }
    });
  }
});

Deno.test("stuck tasks are stuck also where tasks take no time", async () => {
  const app = createTestApp();
  const statuses: unknown[] = [];
  for (const word of ["sim:stuck", "sim:stuck-99"]) {
    const { status, progress } = await readTask(app, await readTaskId(await submit(app, word)));
    statuses.push([status, progress]);
  }
  assert.deepEqual(statuses, [["queued", 0], ["running", 99]]);
  assert.equal((await readCalls(app)).length, 2);
});

Deno.test("sim:lag hides the task for two seconds, sim:not-found for ever", async () => {
  const clock = new TestClock();
  const app = createTestApp({ now: clock.now });
  const ids = [
    await readTaskId(await submit(app, "sim:lag")),
    await readTaskId(await submit(app, "sim:not-found")),
  ];
  const statuses = async (): Promise<number[]> =>
    await Promise.all(
      ids.map(async (id) => (await app.request(`/tripo/v3/tasks/${id}`, readable)).status),
    );
  clock.pass(1_999);
  assert.deepEqual(await statuses(), [404, 404]);
  clock.pass(1);
  assert.deepEqual(await statuses(), [200, 404]);
  clock.pass(1e9);
  assert.deepEqual(await statuses(), [200, 404]);
  assert.equal((await readCalls(app)).length, 2);
});

Deno.test("sim:lost takes the task, charges it, and breaks the answer off", async () => {
  const app = createTestApp();
  await withServer(app.fetch, async (address) => {
    const request = jsonRequest({ ...fromText, prompt: "sim:lost" });
    const response = await fetch(address + TEXT_TO_MODEL, request);
    await assert.rejects(response.text(), TypeError);
  });
  const [call] = await readCalls(app);
  assert.equal((await readTask(app, call?.request_id ?? "")).status, "success");
});

Deno.test("sim:lost-500 takes the task, charges it, and says that it failed", async () => {
  const app = createTestApp();
  assert.deepEqual(await readRefusal(await submit(app, "sim:lost-500")), [500, 1001]);
  const [call] = await readCalls(app);
  assert.equal((await readTask(app, call?.request_id ?? "")).status, "success");
});

Deno.test("sim:lost-stuck breaks the answer off, and the task stays under way", async () => {
  const app = createTestApp();
  await withServer(app.fetch, async (address) => {
    const request = jsonRequest({ ...fromText, prompt: "sim:lost-stuck" });
    await assert.rejects((await fetch(address + TEXT_TO_MODEL, request)).text(), TypeError);
  });
  const [call] = await readCalls(app);
  assert.notEqual((await readTask(app, call?.request_id ?? "")).status, "success");
});

const lostBehind = [408, 425, 502, 504];

Deno.test("a word takes the task, and a page says that its answer was lost", async (t) => {
  for (const status of lostBehind) {
    await t.step(`sim:lost-${status}`, async () => {
      const app = createTestApp();
      const response = await submit(app, `sim:lost-${status}`);
      assert.equal(response.status, status);
      assert.equal(response.headers.get("content-type"), "text/html");
      const [call] = await readCalls(app);
      assert.equal((await readTask(app, call?.request_id ?? "")).status, "success");
    });
  }
});

Deno.test("a word spoils the result, which is charged", async (t) => {
  const read = async (word: string): Promise<Uint8Array | undefined> => {
    const app = createTestApp();
    const task = await readTask(app, await readTaskId(await submit(app, word)));
    assert.equal(task.status, "success");
    assert.equal((await readCalls(app)).length, 1);
    const { model_url } = task.output;
    return model_url === undefined ? undefined : await (await app.request(model_url)).bytes();
  };
  await t.step("sim:empty", async () => {
    assert.equal(await read("sim:empty"), undefined);
  });
  await t.step("sim:empty-file", async () => {
    assert.equal((await read("sim:empty-file"))?.length, 0);
  });
  await t.step("sim:wrong-format", async () => {
    const file = new TextDecoder().decode(await read("sim:wrong-format"));
    assert.ok(file.startsWith("Kaydara"));
  });
});

Deno.test("a word decides when a result has an address, and where", async (t) => {
  const look = async (word: string, seconds = 0): Promise<Record<string, unknown>> => {
    const clock = new TestClock();
    const app = createTestApp({ now: clock.now });
    const id = await readTaskId(await submit(app, word));
    clock.pass(seconds * 1_000);
    const { status, output } = await readTask(app, id);
    assert.equal(status, "success");
    const { rendered_image_url: _, ...addresses } = output;
    return addresses;
  };
  await t.step("sim:address-later", async () => {
    assert.deepEqual(await look("sim:address-later", 99), {});
    assert.deepEqual(Object.keys(await look("sim:address-later", 100)), ["model_url"]);
  });
  for (const field of ["pbr_model_url", "base_model_url"]) {
    const word = `sim:${field.replaceAll("_", "-")}`;
    await t.step(word, async () => assert.deepEqual(Object.keys(await look(word)), [field]));
  }
  await t.step("sim:model-urls", async () => {
    const { model_urls, ...others } = await look("sim:model-urls");
    assert.ok(Array.isArray(model_urls) && model_urls.length === 1);
    assert.deepEqual(others, {});
  });
  await t.step("sim:other-host", async () => {
    const { model_url } = await look("sim:other-host");
    assert.equal(new URL(String(model_url)).host, "cdn.tripo-new.example");
  });
});

const pictures = ["no-picture", "empty-picture", "large-picture", "stuck-picture"];

Deno.test("a word decides what picture there is of a model", async (t) => {
  const app = createTestApp();
  const look = async (word: string): Promise<{ model: string; picture: string | undefined }> => {
    const { output } = await readTask(app, await readTaskId(await submit(app, word)));
    return { model: output.model_url ?? "", picture: output.rendered_image_url };
  };
  const lengthOf = async (word: string): Promise<number> => {
    const { picture = "" } = await look(word);
    return (await (await app.request(picture)).bytes()).length;
  };
  await t.step("sim:no-picture", async () => {
    assert.equal((await look("sim:no-picture")).picture, undefined);
  });
  await t.step("sim:empty-picture", async () => {
    assert.equal(await lengthOf("sim:empty-picture"), 0);
  });
  await t.step("sim:large-picture", async () => {
    assert.equal(await lengthOf("sim:large-picture"), 20_000_000);
  });
  await t.step("sim:stuck-picture", async () => {
    const { model, picture = "" } = await look("sim:stuck-picture");
    let isAnswered = false;
    void Promise.resolve(app.request(picture)).then(() => isAnswered = true);
    assert.notEqual((await (await app.request(model)).bytes()).length, 0);
    assert.equal(isAnswered, false);
  });
});

Deno.test("every word has a test above, and a form that works once", () => {
  const words = [
    ...Object.keys(refusals),
    ...Object.keys(pages),
    ...Object.keys(failures),
    ...["stuck", "stuck-99", "slow", "lag", "not-found", "lost", "lost-stuck", "lost-500"].map((
      word,
    ) => `sim:${word}`),
    ...lostBehind.map((status) => `sim:lost-${status}`),
    ...["unknown-first", "address-later", "other-host"].map((word) => `sim:${word}`),
    ...["model-urls", "pbr-model-url", "base-model-url"].map((word) => `sim:${word}`),
    ...pictures.map((word) => `sim:${word}`),
    ...["empty", "empty-file", "wrong-format", "large-150"].map((word) => `sim:${word}`),
  ];
  assert.deepEqual(
    Object.keys(triggers).toSorted(),
    words.flatMap((word) => [word, `${word}-once`]).toSorted(),
  );
});

Deno.test("sim:2014-once and sim:failed-1001-once affect the first task only", async () => {
  const app = createTestApp();
  const prompt = "a castle sim:2014-once";
  assert.deepEqual(await readRefusal(await submit(app, prompt)), [400, 2014]);
  assert.equal((await submit(app, prompt)).status, 200);
  const statuses: string[] = [];
  for (let attempt = 0; attempt < 2; attempt++) {
    const id = await readTaskId(await submit(app, "a castle sim:failed-1001-once"));
    statuses.push((await readTask(app, id)).status);
  }
  assert.deepEqual(statuses, ["failed", "success"]);
});

Deno.test("words are found in names of files too", async () => {
  const app = createTestApp();
  const picture = await upload(app, await imageFile("robot sim:2008.png"));
  const image = await app.request(IMAGE_TO_MODEL, jsonRequest({ ...fromImage, input: picture }));
  assert.deepEqual(await readRefusal(image), [400, 2008]);

  const model = await upload(app, await modelUpload("sim:2009.glb"));
  const texture = jsonRequest({ input: model, texture_prompt: { text: "stone" } });
  assert.deepEqual(await readRefusal(await app.request(TEXTURE, texture)), [400, 2009]);
});

Deno.test("words are found in the addresses of files", async () => {
  const picture = await (await imageFile()).bytes();
  const storage = new Hono().get("*", () => new Response(picture));
  await withServer(storage.fetch, async (address) => {
    const input = `${address}/inputs/sim%3A2008.png?token=1`;
    const request = jsonRequest({ ...fromImage, input });
    const response = await createTestApp().request(IMAGE_TO_MODEL, request);
    assert.deepEqual(await readRefusal(response), [400, 2008]);
  });
});
