// Made of the OpenAPI document by `deno task docs`. Do not edit.

export const imageLimits = {
  "image-to-image": {
    "openai": {
      "mediaTypes": [
        "image/png",
        "image/jpeg",
        "image/webp"
      ],
      "maxBytes": 50000000
    },
    "stability": {
      "mediaTypes": [
        "image/png",
        "image/jpeg",
        "image/webp"
      ],
      "maxBytes": 10000000,
      "maxPixels": 9437184
    },
    "recraft": {
      "mediaTypes": [
        "image/png",
        "image/jpeg",
        "image/webp"
      ],
      "maxBytes": 9999999,
      "maxSide": 4096,
      "maxPixels": 16000000
    },
    "flux": {
      "mediaTypes": [
        "image/png",
        "image/jpeg",
        "image/webp"
      ],
      "maxBytes": 20000000,
      "maxPixels": 20000000
    }
  },
  "text-to-image": {},
  "text-to-model": {},
  "image-to-model": {
    "stability": {
      "mediaTypes": [
        "image/png",
        "image/jpeg",
        "image/webp"
      ],
      "maxBytes": 10000000,
      "maxPixels": 4194304
    },
    "tripo": {
      "mediaTypes": [
        "image/png",
        "image/jpeg"
      ],
      "maxBytes": 20000000
    }
  },
  "sketch-to-image": {
    "stability": {
      "mediaTypes": [
        "image/png",
        "image/jpeg",
        "image/webp"
      ],
      "maxBytes": 10000000,
      "maxPixels": 9437184
    }
  },
  "image-inpaint": {
    "recraft": {
      "mediaTypes": [
        "image/png",
        "image/jpeg",
        "image/webp"
      ],
      "maxBytes": 9999999,
      "maxSide": 4096,
      "maxPixels": 16000000
    }
  },
  "remove-background": {
    "stability": {
      "mediaTypes": [
        "image/png",
        "image/jpeg",
        "image/webp"
      ],
      "maxBytes": 10000000,
      "maxPixels": 4194304
    },
    "recraft": {
      "mediaTypes": [
        "image/png",
        "image/jpeg",
        "image/webp"
      ],
      "maxBytes": 9999999,
      "maxSide": 4096,
      "maxPixels": 16000000
    }
  },
  "search-and-recolor": {
    "stability": {
      "mediaTypes": [
        "image/png",
        "image/jpeg",
        "image/webp"
      ],
      "maxBytes": 10000000,
      "maxPixels": 9437184
    }
  },
  "refine-model": {}
} as const;
