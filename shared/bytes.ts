/**
 * Bytes in memory of their own, as a `Blob` takes them. Newer compilers write
 * `Uint8Array<ArrayBuffer>`; that of the platform's Deno does not know the parameter.
 */
export type Bytes = Awaited<ReturnType<Response["bytes"]>>;
