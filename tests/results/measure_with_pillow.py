"""What Pillow sees of the pictures in a folder: their kind, length, width and height as shown."""

import json
import os
import sys

from PIL import Image, ImageOps

folder = sys.argv[1]
kinds = {"PNG": "image/png", "JPEG": "image/jpeg", "MPO": "image/jpeg", "WEBP": "image/webp"}
facts = {}
for name in sorted(os.listdir(folder)):
    try:
        with Image.open(f"{folder}/{name}") as image:
            kind = kinds.get(image.format)
            if kind is None or (image.format != "MPO" and getattr(image, "n_frames", 1) > 1):
                continue
            width, height = ImageOps.exif_transpose(image).size
    except OSError:
        # Not a picture, or not a whole one.
        continue
    length = os.path.getsize(f"{folder}/{name}")
    facts[name] = {"media_type": kind, "bytes": length, "width": width, "height": height}
print(json.dumps(facts, indent=2))
