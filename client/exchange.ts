import { exchangeByXml, platformXmlHttpRequest } from "./xml_http_request.ts";

/** A request as it goes out. */
export interface WireRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | ArrayBuffer | null;
  readonly signal: AbortSignal;
  /** Called with how many bytes of the body have left the device, where the platform tells. */
  readonly onSent?: ((bytes: number) => void) | undefined;
}

/** What comes back, read to its end. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Null where there is none, or a page of another origin may not read it. */
  header(name: string): string | null;
}

/** Sends a request. Rejects where no answer comes, or when its signal is aborted. */
export type Exchange = (request: WireRequest) => Promise<Answer>;

/**
 * By `fetch`, as everything else of an app; only XMLHttpRequest tells how much of a body is sent.
 *
 * @param appFetch The app's own: it may have its reasons, and nothing goes past it.
 */
export function exchangeOf(appFetch: typeof fetch | undefined): Exchange {
  return async (request) => {
    const XmlHttpRequest = !appFetch && request.onSent && platformXmlHttpRequest();
    return XmlHttpRequest
      ? await exchangeByXml(XmlHttpRequest, request)
      : await exchangeByFetch(appFetch ?? fetch, request);
  };
}

async function exchangeByFetch(
  send: typeof fetch,
  { url, onSent: _, ...init }: WireRequest,
): Promise<Answer> {
  const response = await send(url, init);
  const { status, headers } = response;
  return { status, text: await response.text(), header: (name) => headers.get(name) };
}
