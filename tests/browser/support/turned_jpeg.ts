/** Where the photo was taken: it must not go out. */
export const PLACE = "48.2082 N 16.3738 E";

/** A JPEG whose EXIF says that it is stored on its side (6), and where it was taken. */
export function turn(jpeg: Uint8Array): Uint8Array<ArrayBuffer> {
  const place = [...new TextEncoder().encode(PLACE), 0];
  const little = (value: number, bytes: number): number[] =>
    Array.from({ length: bytes }, (_, index) => (value >> (8 * index)) & 255);
  const entry = (tag: number, type: number, count: number, value: number): number[] => [
    ...little(tag, 2),
    ...little(type, 2),
    ...little(count, 4),
    ...little(value, 4),
  ];
  const afterEntries = 8 + 2 + 2 * 12 + 4;
  const tiff = [
    ...[0x49, 0x49, 0x2a, 0, 8, 0, 0, 0],
    ...little(2, 2),
    ...entry(0x010e, 2, place.length, afterEntries), // ImageDescription
    ...entry(0x0112, 3, 1, 6), // Orientation
    ...little(0, 4),
    ...place,
  ];
  const content = [...new TextEncoder().encode("Exif\0\0"), ...tiff];
  const length = content.length + 2;
  const segment = [0xff, 0xe1, length >> 8, length & 255, ...content];
  return Uint8Array.from([...jpeg.subarray(0, 2), ...segment, ...jpeg.subarray(2)]);
}
