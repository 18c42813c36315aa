import { abortReason } from "./abort_signals.ts";
import type { Answer, WireRequest } from "./exchange.ts";

/** What is used of it; this file is checked where there is none. */
interface XmlHttpRequest {
  readonly upload: {
    addEventListener(
      type: "progress",
      listener: (event: { readonly loaded: number }) => void,
    ): void;
  };
  readonly status: number;
  readonly responseText: string;
  addEventListener(type: "load" | "loadend", listener: () => void): void;
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  getResponseHeader(name: string): string | null;
  send(body: string | ArrayBuffer | null): void;
  abort(): void;
}

export type XmlHttpRequestClass = new () => XmlHttpRequest;

/** That of browsers and React Native; undefined elsewhere. */
export function platformXmlHttpRequest(): XmlHttpRequestClass | undefined {
  return Reflect.get(globalThis, "XMLHttpRequest");
}

/** One request by XMLHttpRequest, which tells how much of its body has left the device. */
export function exchangeByXml(
  Class: XmlHttpRequestClass,
  { url, method, headers, body, signal, onSent }: WireRequest,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new Class();
    request.upload.addEventListener("progress", ({ loaded }) => onSent?.(loaded));
    request.addEventListener("load", () => {
      const { status, responseText: text } = request;
      resolve({ status, text, header: (name) => request.getResponseHeader(name) });
    });
    // Comes after `load`, and after all else that ends a request: on iOS a timeout is no error.
    request.addEventListener("loadend", () => reject(new TypeError("XMLHttpRequest has failed")));
    signal.addEventListener("abort", () => {
      reject(abortReason(signal));
      request.abort();
    });
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.send(body);
  });
}
