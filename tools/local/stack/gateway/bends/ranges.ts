/** One range of bytes; several at once nobody here asks for. */
const RANGE = /^bytes=(\d*)-(\d*)$/;

/** The part of a file that is asked for, of an answer that has all of it. */
export function asRange(range: string | undefined, answer: Response): Response {
  const [, first = "", last = ""] = RANGE.exec(range ?? "") ?? [];
  const size = Number(answer.headers.get("content-length"));
  const isWhole = answer.status === 200 && answer.headers.has("content-length");
  if (!answer.body || !isWhole || first + last === "") return answer;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size : Math.min(Number(last) + 1, size);
  const headers = new Headers(answer.headers);
  if (start >= end) {
    void answer.body.cancel();
    headers.set("content-range", `bytes */${size}`);
    headers.delete("content-length");
    return new Response(null, { status: 416, headers });
  }
  headers.set("content-range", `bytes ${start}-${end - 1}/${size}`);
  headers.set("content-length", String(end - start));
  return new Response(part(answer.body, start, end), { status: 206, headers });
}

/** What lies between two places of a stream; the rest behind is not read. */
function part(
  body: ReadableStream<Uint8Array>,
  start: number,
  end: number,
): ReadableStream<Uint8Array> {
  return ReadableStream.from(pieces(body, start, end));
}

async function* pieces(
  body: ReadableStream<Uint8Array>,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  let place = 0;
  for await (const chunk of body) {
    const piece = chunk.subarray(Math.max(0, start - place), Math.max(0, end - place));
    place += chunk.length;
    if (piece.length > 0) yield piece;
    if (place >= end) return;
  }
}
