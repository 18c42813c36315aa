/** A request as an SDK for phones makes it, byte for byte but for the boundary's random part. */
export interface MobileForm {
  readonly sdk: string;
  /** Repository, files and version that it was read in. */
  readonly source: string;
  /** How the SDK writes a user's id where an app puts `user.id` into a path. */
  idOf(id: string): string;
  bodyOf(file: MobileFile): {
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Blob;
  };
}

export interface MobileFile {
  readonly path: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The lines of a form's parts and their ends. */
function formOf(
  boundary: string,
  parts: readonly (readonly (string | Uint8Array<ArrayBuffer>)[])[],
) {
  return {
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    body: new Blob([
      ...parts.flatMap((lines) => [
        `--${boundary}\r\n`,
        ...lines.flatMap((line) => [line, "\r\n"]),
      ]),
      `--${boundary}--\r\n`,
    ]),
  };
}

export const mobileForms: readonly MobileForm[] = [
  {
    sdk: "supabase-swift",
    source: "supabase/supabase-swift 2.33.0, Sources/Storage/StorageFileApi.swift (`FileUpload`) " +
      "and MultipartFormData.swift",
    // `UUID` prints capitals.
    idOf: (id) => id.toUpperCase(),
    bodyOf: ({ path, type, bytes }) =>
      formOf("alamofire.boundary.1b2c3d4e5f607182", [
        ['Content-Disposition: form-data; name="cacheControl"', "", "3600"],
        [
          `Content-Disposition: form-data; name=""; filename="${path.split("/").at(-1)}"`,
          `Content-Type: ${type}`,
          "",
          bytes,
        ],
      ]),
  },
  {
    sdk: "storage_client of Flutter, upload",
    source: "supabase/supabase-flutter, storage_client 2.4.1, lib/src/fetch.dart " +
      "(`_handleMultipartRequest`), and dart-lang/http 1.2, lib/src/multipart_request.dart",
    idOf: (id) => id,
    bodyOf: ({ type, bytes }) =>
      formOf(`dart-http-boundary-${"Xy9+".repeat(12)}abc`, [
        ['content-disposition: form-data; name="cacheControl"', "", "3600"],
        [
          `content-type: ${type}`,
          'content-disposition: form-data; name=""; filename="/data/user/0/app/cache/scaled_1.png"',
          "",
          bytes,
        ],
      ]),
  },
  {
    sdk: "storage_client of Flutter, uploadBinary",
    source: "as above (`_handleBinaryFileRequest`): the file's name is empty, too",
    idOf: (id) => id,
    bodyOf: ({ type, bytes }) =>
      formOf(`dart-http-boundary-${"Xy9+".repeat(12)}abc`, [
        ['content-disposition: form-data; name="cacheControl"', "", "3600"],
        [
          `content-type: ${type}`,
          'content-disposition: form-data; name=""; filename=""',
          "",
          bytes,
        ],
      ]),
  },
  {
    sdk: "supabase-kt",
    source: "supabase-community/supabase-kt 3.2.5, storage/BucketApiImpl.kt (`uploadOrUpdate`)",
    idOf: (id) => id,
    bodyOf: ({ type, bytes }) => ({ headers: { "content-type": type }, body: new Blob([bytes]) }),
  },
];
