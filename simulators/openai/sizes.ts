/**
 * Which picture sizes the models draw.
 *
 * Source: https://developers.openai.com/api/docs/guides/image-generation
 *
 * @module
 */
import { OpenAiError } from "./errors.ts";
import type { ModelAbilities } from "./models.ts";

/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

const square: Size = { width: 1024, height: 1024 };
const landscape: Size = { width: 1536, height: 1024 };
const portrait: Size = { width: 1024, height: 1536 };
const fixedSizes: readonly Size[] = [square, landscape, portrait];

const freeFormRules: readonly {
  readonly holds: (size: Size) => boolean;
  readonly message: string;
}[] = [
  {
    holds: ({ width, height }) => width % 16 === 0 && height % 16 === 0,
    message: "width and height must be multiples of 16",
  },
  {
    holds: ({ width, height }) => Math.max(width, height) <= 3 * Math.min(width, height),
    message: "the aspect ratio must lie between 1:3 and 3:1",
  },
  {
    holds: ({ width, height }) => Math.max(width, height) <= 3840,
    message: "the longest edge must be at most 3840 pixels",
  },
  {
    holds: ({ width, height }) => width * height >= 655_360,
    message: "the size must have at least 655360 pixels",
  },
  {
    holds: ({ width, height }) => width * height <= 8_294_400,
    message: "the size must have at most 8294400 pixels",
  },
];

/**
 * The size to draw. `auto` follows the shape of the first input image, and is
 * square without one.
 *
 * @throws OpenAiError when the model does not draw that size.
 */
export function resolveSize(
  value: string,
  sizes: ModelAbilities["sizes"],
  firstInput: Size | undefined,
): Size {
  if (value === "auto") {
    return firstInput === undefined ? square : fixedSizeLike(firstInput);
  }
  return sizes === "fixed" ? findFixedSize(value) : parseFreeFormSize(value);
}

/** The size as the API writes it, for example `1024x1536`. */
export function formatSize({ width, height }: Size): string {
  return `${width}x${height}`;
}

function fixedSizeLike({ width, height }: Size): Size {
  const ratio = width / height;
  if (ratio > 1.2) return landscape;
  return ratio < 1 / 1.2 ? portrait : square;
}

function findFixedSize(value: string): Size {
  const size = fixedSizes.find((candidate) => formatSize(candidate) === value);
  if (size !== undefined) return size;
  const names = fixedSizes.map((candidate) => `'${formatSize(candidate)}'`).join(", ");
  throw new OpenAiError(
    "invalid_value",
    `Invalid value: '${value}'. Supported values are: ${names}, and 'auto'.`,
    { param: "size" },
  );
}

function parseFreeFormSize(value: string): Size {
  const match = /^([1-9]\d{0,5})x([1-9]\d{0,5})$/.exec(value);
  if (match === null) {
    throw new OpenAiError(
      "invalid_value",
      `Invalid value: '${value}'. Expected 'auto' or 'WIDTHxHEIGHT'.`,
      { param: "size" },
    );
  }
  const size = { width: Number(match[1]), height: Number(match[2]) };
  const broken = freeFormRules.find(({ holds }) => !holds(size));
  if (broken !== undefined) {
    throw new OpenAiError("unservable_value", `Invalid size '${value}': ${broken.message}.`, {
      param: "size",
    });
  }
  return size;
}
