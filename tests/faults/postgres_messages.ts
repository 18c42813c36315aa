/** One message of the wire protocol: https://www.postgresql.org/docs/17/protocol-message-formats.html */
export interface Message {
  /** Empty for the first of a connection, which has none. */
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const LENGTH_BYTES = 4;

/** Cuts a stream into messages. */
export class MessageReader {
  #pending = new Uint8Array(0);
  #isFirst: boolean;

  /** @param isClient A client's first message has no type. */
  constructor(isClient: boolean) {
    this.#isFirst = isClient;
  }

  /** The messages that are complete with this chunk. */
  read(chunk: Uint8Array): Message[] {
    const bytes = new Uint8Array(this.#pending.length + chunk.length);
    bytes.set(this.#pending);
    bytes.set(chunk, this.#pending.length);
    this.#pending = bytes;
    const messages: Message[] = [];
    for (let next = this.#take(); next; next = this.#take()) messages.push(next);
    return messages;
  }

  #take(): Message | undefined {
    const typeBytes = this.#isFirst ? 0 : 1;
    if (this.#pending.length < typeBytes + LENGTH_BYTES) return undefined;
    const length = typeBytes + new DataView(this.#pending.buffer).getUint32(typeBytes);
    if (this.#pending.length < length) return undefined;
    const bytes = this.#pending.slice(0, length);
    this.#pending = this.#pending.slice(length);
    const type = this.#isFirst ? "" : String.fromCharCode(bytes[0] ?? 0);
    this.#isFirst = false;
    return { type, bytes };
  }
}

/** Which functions the statements of a connection call: a statement is parsed once and run often. */
export class Statements {
  readonly #functions = new Map<string, string | undefined>();

  /**
   * The function of the schema `private` that this message is about to call, if it calls one; of a
   * settlement with the kind of outcome: `settle_task snooze`.
   */
  read({ type, bytes }: Message): string | undefined {
    const texts = (): string[] =>
      new TextDecoder().decode(bytes.subarray(1 + LENGTH_BYTES)).split("\0");
    if (type === "P") {
      const [name = "", query = ""] = texts();
      this.#functions.set(name, /\bprivate\.(\w+)\(/.exec(query)?.[1]);
    }
    if (type !== "B") return undefined;
    const [, name = "", ...rest] = texts();
    const called = this.#functions.get(name);
    if (called !== "settle_task") return called;
    return `${called} ${/"kind": ?"(\w+)"/.exec(rest.join("\0"))?.[1]}`;
  }
}
