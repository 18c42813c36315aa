import type { AccessToken, SupabaseLike } from "./access.ts";
import type { Task } from "./answers.ts";
import type { FileInput, ReadFile } from "./files.ts";
import type { PendingStorage } from "./pending.ts";
import type { OnProblem } from "./problems.ts";
import type { Operation } from "./requests.ts";
import type { OnUpload } from "./upload_progress.ts";

/** What a file is uploaded for. */
export interface Purpose {
  readonly operation: Operation;
  readonly provider: string;
  /** `image`, `mask`, … */
  readonly field: string;
}

/** Makes of a file what its purpose wants, before it is uploaded: see the entry for images. */
export type Prepare = (file: FileInput, purpose: Purpose) => Promise<FileInput>;

interface CommonOptions {
  /** The app's key. It is no secret once the app is in a store. */
  readonly apiKey: string;
  /** Keeps what is under way, so that `resume` finds it. Default: `localStorage`, else memory. */
  readonly storage?: PendingStorage | undefined;
  readonly prepare?: Prepare | undefined;
  /** Reads the app's own files where `fetch` cannot. */
  readonly readFile?: ReadFile | undefined;
  readonly fetch?: typeof fetch | undefined;
}

/** With the app's own supabase-js client, which has the address and the token. */
export interface SupabaseOptions extends CommonOptions {
  readonly supabase: SupabaseLike;
  readonly accessToken?: AccessToken | undefined;
}

/** Without one. */
export interface AddressOptions extends CommonOptions {
  /** The project's: `https://ref.supabase.co`. */
  readonly url: string;
  readonly accessToken: AccessToken;
  readonly publishableKey?: string | undefined;
}

export type Options = SupabaseOptions | AddressOptions;

export interface UploadOptions {
  readonly signal?: AbortSignal | undefined;
  /**
   * Told of all files of the request together; what is sent goes back where a file has to be sent again.
   * It rises where XMLHttpRequest tells it, in browsers and React Native, unless `fetch` is the app's
   * own. Elsewhere a file is sent at once.
   */
  readonly onUpload?: OnUpload | undefined;
  /**
   * Told of what makes it wait before it tries again, such as no network, or that new requests are
   * paused; undefined when that is over.
   */
  readonly onProblem?: OnProblem | undefined;
}

export interface SubmitOptions extends UploadOptions {
  /** The app's own id, which makes the request safe to send again. Default: a new one. */
  readonly taskId?: string | undefined;
  /** Where in the app it belongs, kept with it: `resume` gives it back. */
  readonly scope?: string | undefined;
  /** What to do when the signal is aborted. Default: `cancel`, but `detach` for a `TimeoutError`. */
  readonly onAbort?: "cancel" | "detach" | undefined;
}

export interface GenerateOptions extends SubmitOptions {
  /** Called with each newer state. */
  readonly onUpdate?: ((task: Task) => void) | undefined;
}

export interface ListOptions {
  readonly operation?: Operation | undefined;
  readonly status?: Task["status"] | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}
