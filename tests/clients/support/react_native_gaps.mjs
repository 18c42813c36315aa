// Takes away what React Native has not, or has otherwise.
import { Buffer } from "node:buffer";
import http from "node:http";

delete Crypto.prototype.randomUUID;
delete AbortSignal.any;
delete AbortSignal.timeout;
Object.defineProperty(AbortSignal.prototype, "reason", { get: () => undefined });
for (
  const name of ["ReadableStream", "EventSource", "WebSocket", "DOMException", "structuredClone"]
) {
  delete globalThis[name];
}
globalThis.Blob = class {
  constructor() {
    throw new Error("Creating blobs from 'ArrayBuffer' and 'ArrayBufferView' are not supported");
  }
};
globalThis.URLSearchParams = class {
  constructor() {
    throw new Error("URLSearchParams is not what it is elsewhere");
  }
};

// React Native's, as far as it is used here: bodies are text or bytes, what is sent is told.
globalThis.XMLHttpRequest = class extends EventTarget {
  upload = new EventTarget();
  status = 0;
  responseText = "";
  #options = { headers: {} };
  #url = "";
  #answered = new Headers();
  #request;
  #hasEnded = false;

  open(method, url) {
    this.#options.method = method;
    this.#url = url;
  }

  setRequestHeader(name, value) {
    this.#options.headers[name] = value;
  }

  getResponseHeader(name) {
    return this.#answered.get(name);
  }

  send(body) {
    if (body !== null && typeof body !== "string" && !(body instanceof ArrayBuffer)) {
      throw new TypeError("Not a body that React Native takes");
    }
    const bytes = Buffer.from(body ?? "");
    this.#options.headers["content-length"] = bytes.length;
    this.#request = http.request(this.#url, this.#options, (response) => this.#read(response));
    this.#request.on("error", () => this.#end("error"));
    this.#write(bytes, 0);
  }

  abort() {
    this.#request?.destroy();
    this.#end("abort");
  }

  #write(bytes, from) {
    const to = Math.min(from + 65_536, bytes.length);
    this.#request.write(bytes.subarray(from, to), (error) => {
      if (error) return;
      const told = { lengthComputable: true, loaded: to, total: bytes.length };
      this.upload.dispatchEvent(Object.assign(new Event("progress"), told));
      if (to < bytes.length) this.#write(bytes, to);
      else this.#request.end();
    });
  }

  #read(response) {
    const chunks = [];
    response.on("data", (chunk) => chunks.push(chunk)).on("error", () => this.#end("error"));
    response.on("end", () => {
      this.status = response.statusCode;
      this.#answered = new Headers(Object.entries(response.headers));
      this.responseText = Buffer.concat(chunks).toString();
      this.#end("load");
    });
  }

  #end(name) {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.dispatchEvent(new Event(name));
    this.dispatchEvent(new Event("loadend"));
  }
};

// Node's own needs streams. React Native's is made of its XMLHttpRequest, as this one is.
globalThis.fetch = (url, { method, headers, body, signal }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.addEventListener("load", () => {
      resolve({
        status: request.status,
        headers: { get: (name) => request.getResponseHeader(name) },
        text: () => Promise.resolve(request.responseText),
      });
    });
    request.addEventListener("error", () => reject(new TypeError("Network request failed")));
    request.addEventListener("abort", () => {
      reject(Object.assign(new Error("Aborted"), { name: "AbortError" }));
    });
    signal?.addEventListener("abort", () => request.abort());
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.send(body);
  });
