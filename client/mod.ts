/**
 * Images and 3D models in one call: uploads, submits, follows, survives the end of the app.
 *
 * ```ts
 * const makeit3d = createMakeIt3D({ supabase, apiKey });
 * const { assets } = await makeit3d.generate("image-to-model", { provider: "tripo", images: [photo] });
 * ```
 *
 * @module
 */
import { MakeIt3D } from "./client.ts";
import { systemClock } from "./clock.ts";
import type { Options } from "./options.ts";
import { followPage } from "./page_events.ts";

/** The backend, for the user who is signed in. An app has one. */
export function createMakeIt3D(options: Options): MakeIt3D {
  const client = new MakeIt3D(options, systemClock);
  followPage(client);
  return client;
}

export type { AccessToken, SupabaseLike } from "./access.ts";
export type { Account, Asset, Availability, Estimate, Eta, Page, Result, Task } from "./answers.ts";
export type { MakeIt3D } from "./client.ts";
export {
  type Billed,
  CanceledError,
  type ErrorCode,
  type FieldProblem,
  GenerationFailedError,
  MakeIt3DError,
  RefusedError,
  StillRunningError,
  UnreachableError,
} from "./errors.ts";
export type { FileAtUri, FileInput, FileWithBytes, ReadFile } from "./files.ts";
export type { Accepted, Generation } from "./generation.ts";
export type {
  AddressOptions,
  GenerateOptions,
  ListOptions,
  Options,
  Prepare,
  Purpose,
  SubmitOptions,
  SupabaseOptions,
  UploadOptions,
} from "./options.ts";
export type { PendingStorage } from "./pending.ts";
export type { OnProblem } from "./problems.ts";
export type { InputOf, Operation, ProviderOf, RequestOf } from "./requests.ts";
export type { OnUpload } from "./upload_progress.ts";
export type { UploadedFile } from "./uploads.ts";
