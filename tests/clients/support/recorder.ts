export interface Asked {
  readonly method: string;
  readonly url: string;
  /** Of a file, its length. */
  readonly body?: unknown;
}

export interface Answered {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly text: string;
}

export interface Recorder {
  readonly asked: readonly Asked[];
  readonly answers: readonly Answered[];
  readonly fetch: typeof fetch;
}

/** Asks the backend and notes what was said on both sides. What begins with `file:` is the photo. */
export function recorder(photo: Uint8Array<ArrayBuffer>): Recorder {
  const asked: Asked[] = [];
  const answers: Answered[] = [];
  return {
    asked,
    answers,
    fetch: async (input, init = {}) => {
      const url = String(input);
      if (url.startsWith("file:")) return new Response(photo);
      const { method = "GET", body } = init;
      const response = await fetch(url, init);
      const text = await response.text();
      const { status, headers } = response;
      asked.push({ method, url, ...bodyOf(body) });
      answers.push({ status, headers: Object.fromEntries(headers), text });
      return new Response(text || null, { status, headers });
    },
  };
}

/** What is noted of a request's body. */
export function bodyOf(body: unknown): Pick<Asked, "body"> {
  if (typeof body === "string") return { body: JSON.parse(body) };
  return body instanceof ArrayBuffer ? { body: body.byteLength } : {};
}

/** Ids that the client makes itself are others each time. */
export function withoutRandomIds(asked: readonly Asked[]): string {
  return JSON.stringify(asked).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=")/g, "id");
}
