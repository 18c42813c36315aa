/**
 * What is to become of each file of `files`. Written before the first run; README.md says how the files
 * were made.
 *
 * @module
 */

/** An image that is used by every operation whose provider takes its kind. */
export interface UsedImage {
  readonly is: "PNG" | "JPEG" | "WebP";
  /** Width and height as people see it. Default: 352x324. */
  readonly seen?: string;
  /** As EXIF counts it. Default: 1. */
  readonly orientation?: number;
  /** What a client is told by every operation. */
  readonly warning?: RegExp;
}

const lying = "324x352";

export const usedImages: Readonly<Record<string, UsedImage>> = {
  "pillow_rgb.jpg": { is: "JPEG" },
  "pillow_progressive.jpg": { is: "JPEG" },
  "pillow_comment.jpg": { is: "JPEG" },
  "pillow_grey.jpg": { is: "JPEG" },
  "pillow_cmyk.jpg": { is: "JPEG" },
  "pillow_icc.jpg": { is: "JPEG" },
  "pillow_exif_1.jpg": { is: "JPEG" },
  "pillow_exif_2.jpg": { is: "JPEG", orientation: 2 },
  "pillow_exif_3.jpg": { is: "JPEG", orientation: 3 },
  "pillow_exif_4.jpg": { is: "JPEG", orientation: 4 },
  "pillow_exif_5.jpg": { is: "JPEG", orientation: 5, seen: lying },
  "pillow_exif_6.jpg": { is: "JPEG", orientation: 6, seen: lying },
  "pillow_exif_7.jpg": { is: "JPEG", orientation: 7, seen: lying },
  "pillow_exif_8.jpg": { is: "JPEG", orientation: 8, seen: lying },
  "pillow_mpo.jpg": { is: "JPEG" },
  "pillow_large.jpg": { is: "JPEG", orientation: 6, seen: "648x704" },
  "behind_pillow_rgb.jpg": { is: "JPEG" },
  "magick_progressive.jpg": { is: "JPEG" },
  "magick_411.jpg": { is: "JPEG" },
  "cjpeg_restarts.jpg": { is: "JPEG" },
  "cjpeg_progressive.jpg": { is: "JPEG" },
  "cjpeg_rgb.jpg": { is: "JPEG" },
  "cjpeg_grey.jpg": { is: "JPEG" },
  "jpegtran_turned.jpg": { is: "JPEG", seen: lying },
  "exiftool_everything.jpg": { is: "JPEG", orientation: 8, seen: lying },
  "joined_motion_photo.jpg": { is: "JPEG", orientation: 8, seen: lying },
  "sharp_mozjpeg.jpg": { is: "JPEG" },
  "sharp_p3.jpg": { is: "JPEG", orientation: 6, seen: lying },
  "pillow_rgb.png": { is: "PNG" },
  "pillow_large.png": { is: "PNG", seen: "704x648" },
  "pillow_rgba.png": { is: "PNG" },
  "pillow_la.png": { is: "PNG" },
  "pillow_palette.png": { is: "PNG" },
  "pillow_palette_transparent.png": { is: "PNG" },
  "pillow_grey.png": { is: "PNG" },
  "pillow_grey16.png": { is: "PNG" },
  "pillow_1bit.png": { is: "PNG", seen: "300x300" },
  "pillow_exif_6.png": { is: "PNG", orientation: 6, seen: lying },
  "pillow_texts.png": { is: "PNG" },
  "pillow_animated.png": { is: "PNG", warning: /is animated; only its first picture is sent/ },
  "behind_pillow_rgb.png": { is: "PNG" },
  "magick_interlaced.png": { is: "PNG" },
  "magick_16bit.png": { is: "PNG", seen: "300x300" },
  "magick_texts.png": { is: "PNG" },
  "exiftool_everything.png": { is: "PNG", orientation: 6, seen: lying },
  "sharp_palette.png": { is: "PNG" },
  "sharp_progressive.png": { is: "PNG" },
  "pillow_lossy.webp": { is: "WebP" },
  "pillow_large.webp": { is: "WebP", seen: "704x648" },
  "pillow_lossless.webp": { is: "WebP" },
  "pillow_alpha.webp": { is: "WebP" },
  "pillow_exif_6.webp": { is: "WebP", orientation: 6, seen: lying },
  "behind_pillow_lossy.webp": { is: "WebP" },
  "cwebp_lossy.webp": { is: "WebP" },
  "cwebp_lossless.webp": { is: "WebP" },
  "cwebp_alpha.webp": { is: "WebP" },
  "cwebp_all_metadata.webp": { is: "WebP", orientation: 6, seen: lying },
  "exiftool_everything.webp": { is: "WebP", orientation: 3 },
  "sharp_near_lossless.webp": { is: "WebP" },
};

/** What no operation on images takes: what it is, and what to do. */
export const refusedImages: Readonly<Record<string, RegExp>> = {
  "heifenc.heic": /^Is a HEIC photo; .*: convert it to JPEG before uploading$/,
  "heifenc_named.jpg": /^Is a HEIC photo; .*: convert it to JPEG before uploading$/,
  "heifenc.avif": /^Is an AVIF picture; .*: convert it to JPEG/,
  "avifenc.avif": /^Is an AVIF picture; .*: convert it to JPEG/,
  "pillow.avif": /^Is an AVIF picture; .*: convert it to JPEG/,
  "sharp.avif": /^Is an AVIF picture; .*: convert it to JPEG/,
  "pillow.gif": /^Is a GIF; .*: save one picture of it as PNG or JPEG/,
  "pillow_animated.gif": /^Is a GIF; .*: save one picture of it as PNG or JPEG/,
  "sharp.gif": /^Is a GIF; .*: save one picture of it as PNG or JPEG/,
  "pillow.tiff": /^Is a TIFF picture; .*: convert it to JPEG/,
  "magick.tiff": /^Is a TIFF picture; .*: convert it to JPEG/,
  "sharp.tiff": /^Is a TIFF picture; .*: convert it to JPEG/,
  "pillow.bmp": /^Is a BMP picture; .*: save it as PNG/,
  "magick.bmp": /^Is a BMP picture; .*: save it as PNG/,
  "pillow.ico": /^Is an icon \(ICO\); .*: save it as PNG/,
  "pillow.jp2": /^Is a JPEG 2000 picture; .*: convert it to JPEG/,
  "pillow.pdf": /^Is a PDF; .*: save it as PNG/,
  "magick.psd": /^Is a Photoshop file; .*: save it as PNG/,
  "magick.ppm": /^Is a Netpbm picture; .*: save it as PNG/,
  "magick.pcx": /^Is no image and no model that is known here; .*: upload an image instead$/,
  "magick.tga": /^Is a TGA picture; .*: save it as PNG/,
  "hand.svg": /^Is an SVG drawing; .*: save it as PNG/,
  "hand.html": /^Is a web page \(HTML\); .*: fetch the file itself/,
  "pillow_animated.webp": /^Is an animated WebP; .*: save one picture of it as PNG/,
  "cjpeg_arithmetic.jpg": /^Is a JPEG in a rare form .*: save it as a common JPEG/,
  "half_pillow_rgb.jpg": /^Is a JPEG that breaks off; .*: make sure that it is whole/,
  "half_pillow_progressive.jpg": /^Is a JPEG that breaks off; .*: make sure that it is whole/,
  "half_pillow_rgb.png": /^Is a PNG that breaks off; .*: make sure that it is whole/,
  "half_pillow_lossy.webp": /^Is a WebP that breaks off; .*: make sure that it is whole/,
  "empty.png": /^Is empty \(0 bytes\); .*: make sure that it is whole/,
  "zeros.png": /^Is no image and no model that is known here; .*: upload an image instead$/,
  "base64.jpg": /^Is text in base64; .*: decode it/,
  "python.zip": /^Is a ZIP archive; .*: unpack it/,
  "gltf_triangle.glb": /^Is a GLB; .*: upload an image instead$/,
  "hand.obj": /^Is an OBJ model; .*: upload an image instead$/,
};

export const usedModels: readonly string[] = ["gltf_triangle.glb", "gltf_textured.glb"];

/** What no operation on models takes. */
export const refusedModels: Readonly<Record<string, RegExp>> = {
  "gltf_texture_outside.glb":
    /^Is a GLB that needs another file \("textures\/paint.png"\); .*: export it with textures/,
  "gltf_buffer_outside.glb": /^Is a GLB that needs another file \("mesh.bin"\); .*: export it with/,
  "gltf_buffer_too_short.glb": /^Is a GLB that cannot be read; .*: save it anew/,
  "gltf_no_mesh.glb": /^Is a GLB without a mesh; .*: export it with its shape/,
  "gltf_version_1.glb": /^Is a GLB of version 1; .*: export it as GLB of version 2/,
  "half_gltf_triangle.glb": /^Is a GLB that breaks off; .*: make sure that it is whole/,
  "gltf_text.gltf": /^Is a glTF in JSON \(\.gltf\); .*: export it as GLB/,
  "gzip_model.glb": /^Is compressed \(gzip\); .*: unpack it/,
  "hand.obj": /^Is an OBJ model; .*: export it as GLB/,
  "hand.ply": /^Is a PLY model; .*: export it as GLB/,
  "hand_text.stl": /^Is an STL model; .*: export it as GLB/,
  "hand_binary.stl": /^Is no image and no model that is known here; .*: upload a model instead$/,
  "hand.dae": /^Is a COLLADA model \(DAE\); .*: export it as GLB/,
  "python.zip": /^Is a ZIP archive; .*: unpack it/,
  "empty.png": /^Is empty \(0 bytes\); .*: make sure that it is whole/,
  "pillow_rgb.png": /^Is a PNG; .*: upload a model instead$/,
  "heifenc.heic": /^Is a HEIC photo; .*: upload a model instead$/,
};

/** What becomes of a mask over pillow_rgb.jpg: sent as it is, mended with words, or refused. */
export interface ExpectedMask {
  readonly becomes: "sent" | "mended" | "refused";
  readonly words?: RegExp;
}

export const masks: Readonly<Record<string, ExpectedMask>> = {
  "mask_pure.png": { becomes: "sent" },
  "mask_1bit.png": { becomes: "sent" },
  "mask_palette.png": { becomes: "sent" },
  "mask_rgba.png": { becomes: "sent" },
  "mask_soft.png": { becomes: "mended", words: /has greys/ },
  "mask_soft_rgb.png": { becomes: "mended", words: /has greys/ },
  "mask_magick_blurred.png": { becomes: "mended", words: /has greys/ },
  "mask_sharp_soft.png": { becomes: "mended", words: /has greys/ },
  "mask_hole.png": { becomes: "mended", words: /is transparent in part, .* white \(changes\)/ },
  "mask_white_on_nothing.png": { becomes: "mended", words: /transparent .* black \(stays\)/ },
  "mask_magick_interlaced.png": { becomes: "refused", words: /interlac/ },
  "mask_red.png": { becomes: "refused", words: /Has colours; must be only black/ },
  "mask_black.png": { becomes: "refused", words: /Has no white/ },
  "mask_photo.png": { becomes: "refused", words: /Is grey in large parts; must be only black/ },
  "mask_photo.jpg": { becomes: "refused", words: /Is a JPEG; recraft takes PNG as a mask/ },
  "mask_jpeg.jpg": { becomes: "refused", words: /Is a JPEG; recraft takes PNG as a mask/ },
  "mask_cwebp.webp": { becomes: "refused", words: /Is a WebP; recraft takes PNG as a mask/ },
  "mask_half_size.png": {
    becomes: "refused",
    words: /Is 288x266 .* must be 352x324 like the image/,
  },
  "heifenc_named.jpg": {
    becomes: "refused",
    words: /Is a HEIC photo; recraft takes PNG as a mask/,
  },
  "pillow_exif_6.png": { becomes: "refused", words: /stored turned \(EXIF orientation 6\)/ },
};
