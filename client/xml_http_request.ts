import { abortReason } from "./abort_signals.ts";
import type { Answer, WireRequest } from "./exchange.ts";

/** What is used of it; this file is checked where there is none. */
interface XmlHttpRequest {
  readonly upload: { onprogress: ((event: { readonly loaded: number }) => void) | null };
  onload: (() => void) | null;
  onloadend: (() => void) | null;
  readonly status: number;
  readonly responseText: string;
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  getResponseHeader(name: string): string | null;
  send(body: string | ArrayBuffer | null): void;
  abort(): void;
}

export type XmlHttpRequestClass = new () => XmlHttpRequest;

/** That of browsers and React Native; undefined elsewhere. */
export function platformXmlHttpRequest(): XmlHttpRequestClass | undefined {
  // As text: a browser's own type of it says more than is used.
  const name: string = "XMLHttpRequest";
  return Reflect.get(globalThis, name);
}

/** One request by XMLHttpRequest, which tells how much of its body has left the device. */
export function exchangeByXml(
  Class: XmlHttpRequestClass,
  { url, method, headers, body, signal, onSent }: WireRequest,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new Class();
    request.upload.onprogress = ({ loaded }) => onSent?.(loaded);
    request.onload = () =>
      resolve({
        status: request.status,
        text: request.responseText,
        header: (name) => request.getResponseHeader(name),
      });
    // Comes after `load`, and after all else that ends a request: on iOS a timeout is no error.
    request.onloadend = () => reject(new TypeError("XMLHttpRequest has failed"));
    signal.addEventListener("abort", () => {
      reject(abortReason(signal));
      request.abort();
    });
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.send(body);
  });
}
