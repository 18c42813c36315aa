import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { Service } from "./service.ts";

/** Of the connection: they are not of the request that is sent on. */
const OWN_HEADERS = new Set(["connection", "content-length", "host", "transfer-encoding"]);

/** What may become of the answer to the first request for a run. */
export type Fate = "arrives" | "is held" | "is lost";

/** Stands between an app and a service. What it does to one, it does to all in the same way. */
export class Network {
  /** Nobody gets through. */
  isGone = false;
  /** The token of the first request for a run is refused, as one that has expired. */
  refusesFirstToken = false;
  /** Resolves when the service has answered the first request for a run. */
  readonly accepted: Promise<void>;
  readonly #service: Service;
  readonly #fate: Fate;
  readonly #server: Server;
  #accept: () => void = () => {};
  #firstToken: string | undefined;

  private constructor(service: Service, fate: Fate) {
    this.#service = service;
    this.#fate = fate;
    this.accepted = new Promise((resolve) => this.#accept = resolve);
    this.#server = createServer((request, response) => {
      this.#pass(request, response).catch(() => response.destroy());
    });
    this.#server.on("connection", (socket) => this.isGone && socket.destroy());
  }

  static async to(service: Service, fate: Fate): Promise<Network> {
    const network = new Network(service, fate);
    await new Promise<void>((resolve) => network.#server.listen(0, "127.0.0.1", resolve));
    return network;
  }

  get origin(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** Breaks what is under way, and whatever comes, until the work is done. */
  async gone(work: () => Promise<void>): Promise<void> {
    this.isGone = true;
    this.#server.closeAllConnections();
    await work();
    this.isGone = false;
  }

  async end(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/" } = request;
    const token = request.headers.authorization;
    if (this.#isRefused(token)) {
      response.writeHead(401, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: "invalid_token", message: "The token has expired" }));
      return;
    }
    const left = new AbortController();
    response.on("close", () => left.abort());
    const isFirst = this.#firstToken === undefined &&
      this.#service.isSubmit(method, url.split("?")[0] ?? "");
    if (isFirst) this.#firstToken = token ?? "";
    const answer = await this.#ask(request, isFirst ? undefined : left.signal);
    if (isFirst) {
      this.#accept();
      if (this.#fate === "is held") return;
      if (this.#fate === "is lost") return void response.destroy();
    }
    response.writeHead(answer.status, ownOf(answer.headers));
    response.end(answer.body);
  }

  async #ask(request: IncomingMessage, signal: AbortSignal | undefined) {
    const { method = "GET", url = "/" } = request;
    const body = new Uint8Array(await buffer(request));
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) {
      if (!OWN_HEADERS.has(name)) headers.set(name, String(value));
    }
    const answer = await fetch(this.#service.origin + url, {
      method,
      headers,
      redirect: "manual",
      ...(body.length > 0 && { body }),
      ...(signal && { signal }),
    });
    const { status } = answer;
    return { status, headers: answer.headers, body: new Uint8Array(await answer.arrayBuffer()) };
  }

  #isRefused(token: string | undefined): boolean {
    return this.refusesFirstToken && token !== undefined && token === this.#firstToken;
  }
}

/** The body is whole and plain here. */
function ownOf(headers: Headers): Record<string, string> {
  const known = [...headers].filter(([name]) =>
    !OWN_HEADERS.has(name) && name !== "content-encoding"
  );
  return Object.fromEntries(known);
}
