import type { MakeIt3D, Operation, Prepare } from "@makeit3d/client";
import { brokenFileLimit, type FileFacts } from "../operations/file_limits.ts";
import type { FileSlotName } from "../operations/controls.ts";
import type { OperationForm } from "../operations/forms.ts";
import type { PickedFile } from "./draft.ts";
import { readFacts } from "./read_facts.ts";

/** A file as a provider takes it. */
export type ReadyFile =
  | {
    readonly state: "ready";
    readonly facts: FileFacts | undefined;
    readonly source: Blob | string;
  }
  /** It would be refused; the reason is for the user. */
  | { readonly state: "refused"; readonly facts: FileFacts | undefined; readonly reason: string };

/**
 * Makes of chosen files what providers take, and uploads each once, however many requests and
 * estimates name it.
 */
export class ReadyFiles {
  readonly #client: Pick<MakeIt3D, "upload">;
  readonly #prepare: Prepare;
  readonly #ready = new WeakMap<PickedFile, Map<string, Promise<ReadyFile>>>();
  readonly #addresses = new WeakMap<PickedFile, Map<string, Promise<string>>>();

  constructor(client: Pick<MakeIt3D, "upload">, prepare: Prepare) {
    this.#client = client;
    this.#prepare = prepare;
  }

  /** The file as the form's provider takes it. */
  ready(file: PickedFile, form: OperationForm, slot: FileSlotName): Promise<ReadyFile> {
    const key = [form.operation, form.provider, slot].join(" ");
    return remembered(this.#ready, file, key, () => this.#makeReady(file, form, slot));
  }

  /** Its address in Storage, to which it is uploaded before. Throws the reason if it is refused. */
  async address(file: PickedFile, form: OperationForm, slot: FileSlotName): Promise<string> {
    const ready = await this.ready(file, form, slot);
    if (ready.state === "refused") throw new RefusedFileError(slot, ready.reason);
    const { source, facts } = ready;
    if (typeof source === "string") return source;
    // Of two providers that want the same of it, one upload serves both.
    const key = JSON.stringify(facts);
    return await remembered(this.#addresses, file, key, async () => {
      return (await this.#client.upload(source)).url;
    });
  }

  async #makeReady(file: PickedFile, form: OperationForm, slot: FileSlotName): Promise<ReadyFile> {
    const { fileLimits } = form;
    if (file.kind === "stored") {
      const { facts, url } = file;
      const fits = !facts || !fileLimits || brokenFileLimit(facts, fileLimits) === undefined;
      if (fits) return { state: "ready", facts, source: url };
    }
    // A result that this provider would refuse as it is may do in another size or format.
    const given = await bytesOf(file);
    const prepared = await this.#prepared(given, form, slot);
    if (typeof prepared === "string") {
      return { state: "refused", facts: await readFacts(given), reason: prepared };
    }
    const facts = await readFacts(prepared);
    const reason = fileLimits && brokenFileLimit(facts, fileLimits);
    if (reason !== undefined) return { state: "refused", facts, reason };
    return { state: "ready", facts, source: prepared };
  }

  /** The file upright and in a size that fits; or why it cannot be read. */
  async #prepared(given: Blob, form: OperationForm, slot: FileSlotName): Promise<Blob | string> {
    // A mask is painted in the size that the picture has when it is ready.
    if (slot === "model" || slot === "mask") return given;
    // A later backend may have other operations, of which the client knows no limits.
    const operation = form.operation as Operation;
    const purpose = { operation, provider: form.provider, field: slot };
    try {
      const prepared = await this.#prepare(given, purpose);
      return prepared instanceof Blob ? prepared : given;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}

/** The bytes of a file, wherever it is. Throws where it cannot be read. */
async function bytesOf(file: PickedFile): Promise<Blob> {
  if (file.kind === "local") return file.blob;
  const response = await fetch(file.url);
  if (!response.ok) throw new Error(`The file cannot be read: the answer was ${response.status}`);
  return await response.blob();
}

/** A file that its provider would refuse. */
export class RefusedFileError extends Error {
  constructor(readonly slot: FileSlotName, message: string) {
    super(message);
  }
}

/** The promise of a file under a key; one that is broken is made again. */
function remembered<Value>(
  known: WeakMap<PickedFile, Map<string, Promise<Value>>>,
  file: PickedFile,
  key: string,
  make: () => Promise<Value>,
): Promise<Value> {
  const ofFile = known.get(file) ?? new Map<string, Promise<Value>>();
  known.set(file, ofFile);
  const value = ofFile.get(key) ?? make();
  ofFile.set(key, value);
  value.catch(() => ofFile.delete(key));
  return value;
}
