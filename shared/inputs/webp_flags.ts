/** What the chunk VP8X says that there is. */
export const webpFlags = { ANIMATION: 0x02, XMP: 0x04, EXIF: 0x08, ALPHA: 0x10, PROFILE: 0x20 };
