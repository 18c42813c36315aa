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

// Node's own needs streams. This one has what React Native's has, which is made of XMLHttpRequest.
globalThis.fetch = (url, { method, headers, body, signal }) =>
  new Promise((resolve, reject) => {
    if (body !== null && typeof body !== "string" && !(body instanceof ArrayBuffer)) {
      throw new TypeError("Not a body that React Native takes");
    }
    const request = http.request(url, { method, headers, signal }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk)).on("error", reject);
      response.on("end", () => {
        resolve({
          status: response.statusCode,
          headers: new Headers(Object.entries(response.headers)),
          text: () => Promise.resolve(Buffer.concat(chunks).toString()),
        });
      });
    });
    request.on("error", reject);
    request.end(body instanceof ArrayBuffer ? new Uint8Array(body) : body);
  });
