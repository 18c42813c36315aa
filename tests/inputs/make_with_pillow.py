"""Files by Pillow, and by hand. Runs in the folder of the files; see make_files.sh."""
import io
import struct

from PIL import Image, ImageDraw, ImageFilter, PngImagePlugin, ImageCms

SECRET = "SecretCamera"
W, H = 352, 324


def picture(mode="RGB"):
    image = Image.new("RGB", (W, H), (240, 230, 200))
    draw = ImageDraw.Draw(image)
    draw.rectangle([30, 40, 150, 250], fill=(200, 40, 60))
    draw.ellipse([140, 100, 330, 300], fill=(30, 120, 180))
    draw.line([0, 0, W, H], fill=(0, 0, 0), width=5)
    return image.convert(mode)


def exif(orientation):
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010F] = SECRET
    data[0x0110] = SECRET
    gps = data.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (48.0, 8.0, 13.2), "E", (11.0, 34.0, 30.0)
    return data.tobytes()


rgb = picture()
rgb.save("pillow_rgb.jpg", quality=45)
rgb.save("pillow_progressive.jpg", quality=45, progressive=True)
rgb.save("pillow_comment.jpg", quality=45, comment=SECRET)
picture("L").save("pillow_grey.jpg", quality=45)
picture("CMYK").save("pillow_cmyk.jpg", quality=30)
profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
rgb.save("pillow_icc.jpg", quality=45, icc_profile=profile)
for orientation in range(1, 9):
    rgb.save(f"pillow_exif_{orientation}.jpg", quality=40, exif=exif(orientation))
rgb.save("pillow_mpo.jpg", format="MPO", save_all=True, append_images=[picture("L").resize((90, 81))], quality=45)

large = rgb.resize((704, 648))
large.save("pillow_large.jpg", quality=45, exif=exif(6))
large.quantize(16).save("pillow_large.png", optimize=True)
large.save("pillow_large.webp", quality=40)

rgb.save("pillow_rgb.png", optimize=True)
rgba = picture("RGBA")
ImageDraw.Draw(rgba).rectangle([0, 0, 100, 35], fill=(0, 0, 0, 0))
rgba.save("pillow_rgba.png", optimize=True)
rgba.convert("LA").save("pillow_la.png", optimize=True)
rgb.quantize(16).save("pillow_palette.png", optimize=True)
rgb.quantize(16).save("pillow_palette_transparent.png", transparency=0, optimize=True)
picture("L").save("pillow_grey.png", optimize=True)
picture("1").resize((300, 300)).save("pillow_1bit.png")
picture("I").point(lambda value: value * 257).convert("I;16").save("pillow_grey16.png", optimize=True)
rgb.save("pillow_exif_6.png", exif=exif(6), optimize=True)
texts = PngImagePlugin.PngInfo()
texts.add_text("Author", SECRET)
texts.add_text("Comment", SECRET * 40, zip=True)
texts.add_itxt("Place", SECRET)
rgb.save("pillow_texts.png", pnginfo=texts, optimize=True)
frames = [rgb.quantize(8), rgb.rotate(9).quantize(8)]
frames[0].save("pillow_animated.png", save_all=True, append_images=frames[1:], optimize=True)
frames[0].resize((90, 81)).save("pillow.gif")
frames[0].resize((90, 81)).save("pillow_animated.gif", save_all=True, append_images=[frames[1].resize((90, 81))])
small = rgb.resize((90, 81))
small.save("pillow.tiff")
small.save("pillow.bmp")
small.resize((64, 64)).save("pillow.ico")

small.save("pillow.pdf")
small.save("pillow.jp2")
small.save("pillow.avif")
rgb.save("pillow_lossy.webp", quality=40)
rgb.save("pillow_lossless.webp", lossless=True)
rgba.save("pillow_alpha.webp", quality=40)
rgb.save("pillow_exif_6.webp", quality=40, exif=exif(6), xmp=SECRET.encode(), icc_profile=profile)
small.save("pillow_animated.webp", save_all=True, append_images=[small.rotate(90)])

# Broken off, or with something behind.
for name in ["pillow_rgb.jpg", "pillow_progressive.jpg", "pillow_rgb.png", "pillow_lossy.webp"]:
    data = open(name, "rb").read()
    open(f"half_{name}", "wb").write(data[: len(data) // 2])
for name in ["pillow_rgb.jpg", "pillow_rgb.png", "pillow_lossy.webp"]:
    open(f"behind_{name}", "wb").write(open(name, "rb").read() + SECRET.encode() * 9)

# Masks over the pictures of 352x324.
mask = Image.new("L", (W, H), 0)
ImageDraw.Draw(mask).ellipse([100, 75, 250, 260], fill=255)
mask.save("mask_pure.png", optimize=True)
mask.convert("1").save("mask_1bit.png")
mask.convert("P").save("mask_palette.png")
mask.convert("RGBA").save("mask_rgba.png")
soft = mask.filter(ImageFilter.GaussianBlur(3))
soft.save("mask_soft.png", optimize=True)
soft.convert("RGB").save("mask_soft_rgb.png", optimize=True)
hole = Image.new("RGBA", (W, H), (0, 0, 0, 255))
hole.paste((0, 0, 0, 0), mask=mask)
hole.save("mask_hole.png", optimize=True)
strokes = Image.new("RGBA", (W, H), (0, 0, 0, 0))
strokes.paste((255, 255, 255, 255), mask=mask)
strokes.save("mask_white_on_nothing.png", optimize=True)
red = Image.new("RGB", (W, H), (0, 0, 0))
red.paste((255, 0, 0), mask=mask)
red.save("mask_red.png", optimize=True)
Image.new("L", (W, H), 0).save("mask_black.png", optimize=True)
picture("L").filter(ImageFilter.GaussianBlur(40)).save("mask_photo.jpg")
picture("L").filter(ImageFilter.GaussianBlur(40)).resize((W // 8, H // 8)).resize((W, H), 0).save("mask_photo.png", optimize=True)
mask.save("mask_jpeg.jpg", quality=60)
mask.resize((288, 266)).save("mask_half_size.png", optimize=True)

# Models that are none, or of another kind.
obj = "# By hand\no triangle\nv 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n"
open("hand.obj", "w").write(obj)
facet = " facet normal 0 0 1\n  outer loop\n   vertex 0 0 0\n   vertex 1 0 0\n   vertex 0 1 0\n  endloop\n endfacet\n"
open("hand_text.stl", "w").write(f"solid triangle\n{facet}endsolid triangle\n")
open("hand_binary.stl", "wb").write(b"by hand".ljust(80, b"\0") + struct.pack("<I12fH", 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0))
open("hand.ply", "w").write("ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nend_header\n0\n")
open("hand.svg", "w").write('<?xml version="1.0"?>\n<!-- By hand -->\n<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>\n')
open("hand.dae", "w").write('<?xml version="1.0"?>\n<COLLADA xmlns="http://www.collada.org/2005/11/COLLADASchema" version="1.4.1"></COLLADA>\n')
open("hand.html", "w").write("<!DOCTYPE html><html><body>404</body></html>\n")
open("empty.png", "w").close()
open("zeros.png", "wb").write(bytes(4096))
open("base64.jpg", "w").write(__import__("base64").b64encode(open("pillow_icc.jpg", "rb").read()[:3000]).decode())
archive = io.BytesIO()
with __import__("zipfile").ZipFile(archive, "w") as packed:
    packed.writestr(__import__("zipfile").ZipInfo("photo.txt", (2026, 1, 1, 0, 0, 0)), "hello")
open("python.zip", "wb").write(archive.getvalue())
