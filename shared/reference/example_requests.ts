const TASK = "0b54c2a5-6f0f-4c1c-9a53-5f0b8e5f3d52";

/** What each request of a user carries. */
const USER = ["X-API-Key: m3d_…", "Authorization: Bearer eyJ…"];
const JSON_BODY = "Content-Type: application/json";
const OPERATOR = ["apikey: {WORKER_SECRET}"];

const textToImage = `{
  "task_id": "my-task-1",
  "provider": "openai",
  "prompt": "A violet cartoon flying elephant"
}`;

interface ExampleRequest {
  /** Instead of the template's path. */
  readonly path?: string;
  readonly headers: readonly string[];
  readonly body?: string;
}

/** A request of each kind, by its name in the reference. */
const requests: Readonly<Record<string, ExampleRequest>> = {
  "POST /generation/{operation}": {
    path: "/generation/text-to-image",
    headers: [...USER, JSON_BODY],
    body: textToImage,
  },
  "POST /generation/{operation}?dry_run=true": {
    path: "/generation/text-to-image?dry_run=true",
    headers: [...USER, JSON_BODY],
    body: textToImage,
  },
  "GET /tasks/{celery_task_id}/status": {
    path: `/tasks/${TASK}/status?wait=25`,
    headers: [...USER, 'If-None-Match: "2"'],
  },
  "GET /tasks": { path: "/tasks?status=complete&limit=2", headers: USER },
  "POST /tasks/{celery_task_id}/report": {
    path: `/tasks/${TASK}/report`,
    headers: [...USER, JSON_BODY],
    body: '{ "reason": "It shows something else" }',
  },
  "DELETE /tasks/{celery_task_id}": { path: `/tasks/${TASK}`, headers: USER },
  "DELETE /tasks/{celery_task_id}?purge=true": {
    path: `/tasks/${TASK}?purge=true`,
    headers: USER,
  },
  "GET /account": { headers: USER },
  "DELETE /account": { headers: USER },
  "GET /operator": { headers: USER },
  "POST /operator": {
    headers: [...USER, JSON_BODY],
    body: '{ "action": "block_user", "user": "test@example.com", "reason": "Spam" }',
  },
  "GET /generation/availability": { headers: USER },
  "GET /generation/health": { headers: [] },
  "GET /generation/metrics": { headers: OPERATOR },
  "GET /generation/openapi.json": { headers: [] },
  "GET /generation/llms.txt": { headers: [] },
  "GET /generation/llms-full.txt": { headers: ['If-None-Match: "5d1f0c2ab93e4c77"'] },
};

/** The request as it goes over the wire, in Markdown. Throws for one that has no example. */
export function exampleRequest(name: string): string {
  const request = requests[name];
  if (!request) throw new Error(`${name} has no example in example_requests.ts`);
  const [method = "", path = ""] = name.split(" ");
  const { headers, body } = request;
  const lines = [`${method} ${request.path ?? path}`, ...headers, ...(body ? ["", body] : [])];
  return "```http\n" + lines.join("\n") + "\n```";
}
