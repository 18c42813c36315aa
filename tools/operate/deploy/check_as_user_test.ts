import assert from "node:assert/strict";
import { withServer } from "../../../testing/serve.ts";
import { checkAsUser } from "./check_as_user.ts";

const QUOTA = {
  plan: "default",
  resets_at: "2026-11-29T00:00:00.000Z",
  images: { used: 0, allowed: null, left: null },
  models: { used: 0, allowed: null, left: null },
  usd: { used: 0, allowed: 5, left: 5 },
  active_tasks: { used: 0, allowed: 10, left: 10 },
  submits_per_minute: 10,
};
const DRY_RUN = {
  dry_run: true,
  estimate_usd: 0.1,
  expected_start_seconds: 0,
  quota: QUOTA,
  warnings: [],
};

interface Project {
  readonly users?: number;
  readonly signIn?: number;
  readonly answer?: Response;
}

/** Auth as it is documented, and a backend that takes what Auth has given. */
async function checkOf(
  { users = 200, signIn = 200, answer = Response.json(DRY_RUN) }: Project,
): Promise<{ note: string | undefined; error: string; there: number; tried: number }> {
  const passwords = new Map<string, string>();
  const result = { note: undefined as string | undefined, error: "", there: 0, tried: 0 };
  const handle = async (request: Request): Promise<Response> => {
    const { pathname, searchParams } = new URL(request.url);
    const key = request.headers.get("apikey");
    if (pathname.startsWith("/auth/v1/admin/users")) {
      if (key !== "sb_secret_x") return Response.json({ msg: "User not allowed" }, { status: 403 });
      if (request.method === "DELETE") {
        passwords.clear();
        return Response.json({});
      }
      const body: unknown = await request.json();
      assert.ok(typeof body === "object" && body !== null);
      assert.ok("email" in body && "password" in body && "email_confirm" in body);
      if (users !== 200) return Response.json({ msg: "down" }, { status: users });
      passwords.set(String(body.email), String(body.password));
      return Response.json({ id: crypto.randomUUID() });
    }
    if (pathname === "/auth/v1/token") {
      assert.deepEqual([key, searchParams.get("grant_type")], ["sb_publishable_x", "password"]);
      if (signIn !== 200) return Response.json({ error_code: "off" }, { status: signIn });
      const { email, password } = await request.json();
      assert.equal(passwords.get(email), password);
      return Response.json({ access_token: "the-token" });
    }
    result.tried += 1;
    assert.equal(
      `${pathname}?${searchParams}`,
      "/functions/v1/generation/text-to-image?dry_run=true",
    );
    assert.deepEqual(
      [request.headers.get("authorization"), request.headers.get("x-api-key")],
      ["Bearer the-token", "a-key"],
    );
    return answer.clone();
  };
  await withServer(handle, async (address) => {
    const projectUrl = address.replace(/\/$/, "");
    result.note = await checkAsUser({
      projectUrl,
      functionsUrl: `${projectUrl}/functions/v1`,
      keys: { publishable: "sb_publishable_x", secret: "sb_secret_x" },
      apiKey: "a-key",
      request: { operation: "text-to-image", provider: "openai" },
      delays: [0],
    }).catch((error) => {
      result.error = String(error);
      return undefined;
    });
  });
  result.there = passwords.size;
  return result;
}

Deno.test("a user of its own is signed in, asks for a dry run, and is deleted", async () => {
  assert.deepEqual(await checkOf({}), { note: undefined, error: "", there: 0, tried: 1 });
});

Deno.test("users who are refused fail the check, with the answer and what to do", async (t) => {
  const cases: readonly (readonly [Response, RegExp])[] = [
    [
      Response.json({ error: "unauthorized", message: "Invalid token" }, { status: 401 }),
      /signed-in user 401: .*Invalid token.*set JWT_SECRET/,
    ],
    [Response.json({ error: "x" }, { status: 400 }), /signed-in user 400: /],
    [Response.json({ celery_task_id: "x" }), /signed-in user 200: /],
    [new Response("<html>"), /signed-in user 200: <html>/],
  ];
  for (const [answer, words] of cases) {
    await t.step(String(words), async () => {
      const { error, there, tried } = await checkOf({ answer });
      assert.match(error, words);
      assert.deepEqual([there, tried], [0, 2]);
    });
  }
});

Deno.test("what is no fault of the backend is a note", async (t) => {
  const paused = Response.json({ error: "unavailable", message: "Back at noon" }, { status: 503 });
  const cases: readonly (readonly [Project, RegExp])[] = [
    [{ users: 500 }, /No user could be signed in: Auth answers 500/],
    [{ signIn: 422 }, /No user could be signed in: Auth answers 422/],
    [{ answer: paused }, /Users are let in, but requests are not: .*Back at noon/],
  ];
  for (const [project, words] of cases) {
    await t.step(String(words), async () => {
      const { note, error, there } = await checkOf(project);
      assert.match(note ?? "", words);
      assert.deepEqual([error, there], ["", 0]);
    });
  }
});
