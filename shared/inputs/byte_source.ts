/** A file that is read in parts. */
export interface ByteSource {
  /** In bytes. */
  readonly size: number;
  /** The bytes from `start` up to `end`, which is at most the size; fewer if the file is gone by then. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** A file that is in memory, or known to the runtime. */
export function blobSource(blob: Blob): ByteSource {
  return {
    size: blob.size,
    read: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
  };
}
