/** Beginnings of files: as much as tells what they are. */
export const files = {
  png: bytes(
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\0\0\0\0\0\0\0\0IDAT\0\0\0\0",
  ),
  jpeg: bytes("\xff\xd8\xff\xe0\0\x10JFIF\0"),
  webp: bytes("RIFF\x1a\0\0\0WEBPVP8L"),
  glb: bytes("glTF\x02\0\0\0\x0c\0\0\0"),
  svg: bytes('<svg xmlns="http://www.w3.org/2000/svg"></svg>'),
  gif: bytes("GIF89a\x01\0\x01\0"),
  html: bytes("<html><body>502 Bad Gateway</body></html>"),
  empty: bytes(""),
} as const;

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
