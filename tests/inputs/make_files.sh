#!/bin/sh
# Makes the files of tests/inputs/files anew. The tests do not run it: it needs ImageMagick, libwebp,
# libavif, libheif, libjpeg-turbo and exiftool (Debian: imagemagick webp libavif-bin libheif-examples
# libjpeg-turbo-progs libimage-exiftool-perl), Python with Pillow 13, and Node with sharp and
# @gltf-transform/core. Usage: make_files.sh PYTHON NODE_FOLDER
set -eu
here=$(cd "$(dirname "$0")" && pwd)
python=$1
node_folder=$2
cd "$here/files"
rm -f -- *

"$python" "$here/make_with_pillow.py"

# ImageMagick 6
magick=/usr/bin/convert
$magick pillow_rgb.png -interlace PNG magick_interlaced.png
$magick pillow_rgb.png -depth 16 -define png:bit-depth=16 -sample 300x300! magick_16bit.png
$magick pillow_rgb.png -set comment SecretCamera -set Author SecretCamera magick_texts.png
$magick pillow_rgb.png -interlace Plane -sampling-factor 4:2:0 -quality 45 -set comment SecretCamera magick_progressive.jpg
$magick pillow_rgb.png -quality 45 -sampling-factor 4:1:1 magick_411.jpg
$magick pillow_rgb.png -resize 64x64 magick.psd
$magick pillow_rgb.png -resize 64x64 magick.ppm
$magick pillow_rgb.png -resize 64x64 magick.tga
$magick pillow_rgb.png -resize 64x64 magick.pcx
$magick pillow_rgb.png -resize 64x64 -compress zip magick.tiff
$magick pillow_rgb.png -resize 64x64 bmp3:magick.bmp
$magick mask_pure.png -interlace PNG mask_magick_interlaced.png
$magick mask_pure.png -blur 0x2 mask_magick_blurred.png

# libwebp
cwebp -quiet -q 40 pillow_rgb.png -o cwebp_lossy.webp
cwebp -quiet -lossless pillow_rgb.png -o cwebp_lossless.webp
cwebp -quiet -q 40 pillow_rgba.png -o cwebp_alpha.webp
cwebp -quiet -q 40 -metadata all pillow_exif_6.jpg -o cwebp_all_metadata.webp
cwebp -quiet -lossless mask_pure.png -o mask_cwebp.webp

# libavif, libheif
avifenc --min 40 --max 50 -s 8 pillow_rgb.png avifenc.avif > /dev/null
heif-enc -q 40 pillow_rgb.png -o heifenc.heic > /dev/null
heif-enc -q 40 -A pillow_rgb.png -o heifenc.avif > /dev/null
cp heifenc.heic heifenc_named.jpg

# libjpeg-turbo
cjpeg -quality 45 -arithmetic magick.ppm > cjpeg_arithmetic.jpg
$magick pillow_rgb.png pillow.ppm
cjpeg -quality 45 -restart 1 pillow.ppm > cjpeg_restarts.jpg
cjpeg -quality 45 -progressive -optimize pillow.ppm > cjpeg_progressive.jpg
cjpeg -quality 45 -rgb pillow.ppm > cjpeg_rgb.jpg
cjpeg -quality 45 -grayscale pillow.ppm > cjpeg_grey.jpg
jpegtran -rotate 90 -copy none cjpeg_restarts.jpg > jpegtran_turned.jpg
rm pillow.ppm

# exiftool
cp pillow_rgb.jpg exiftool_everything.jpg
exiftool -q -overwrite_original -n -GPSLatitude=48.137 -GPSLatitudeRef=N -GPSLongitude=11.575 \
  -GPSLongitudeRef=E -Make=SecretCamera -Orientation=8 -Artist=SecretCamera -IPTC:By-line=SecretCamera \
  -IPTC:City=SecretCamera -XMP-dc:Creator=SecretCamera -XMP-photoshop:City=SecretCamera \
  -Comment=SecretCamera exiftool_everything.jpg
cp pillow_rgb.png exiftool_everything.png
exiftool -q -overwrite_original -n -Make=SecretCamera -Orientation=6 -XMP-dc:Creator=SecretCamera \
  -PNG:Author=SecretCamera -PNG:Comment=SecretCamera exiftool_everything.png
cp cwebp_lossy.webp exiftool_everything.webp
exiftool -q -overwrite_original -n -Make=SecretCamera -Orientation=3 -XMP-dc:Creator=SecretCamera \
  exiftool_everything.webp

# A motion photo: a video behind the picture, which starts like any MP4.
{
  cat exiftool_everything.jpg
  printf '\0\0\0\030ftypmp42\0\0\0\0isommp42'
  head -c 3000 heifenc.heic
  printf 'SecretCamera'
} > joined_motion_photo.jpg

(cd "$node_folder" && node --input-type=module - "$here/files" < "$here/make_with_node.mjs")

gzip -9 -n -c gltf_triangle.glb > gzip_model.glb
du -bc -- * | tail -1
