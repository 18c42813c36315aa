/** Where a file lies in the project's Storage. */
export interface AssetLocation {
  readonly bucket: string;
  readonly path: string;
}

/** The permanent address of a file in a public bucket. */
export function assetAddress(projectUrl: string, { bucket, path }: AssetLocation): string {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  return `${projectUrl}/storage/v1/object/public/${encodeURIComponent(bucket)}/${encoded}`;
}
