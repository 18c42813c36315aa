/**
 * The sizes that each family of models draws.
 *
 * Source: https://www.recraft.ai/docs/api-reference
 *
 * @module
 */

/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What a request may write, and what is drawn then. */
export type SizeTable = ReadonlyMap<string, Size>;

const ratios = words("1:1 2:1 1:2 3:2 2:3 4:3 3:4 5:4 4:5 6:10 14:10 10:14 16:9 9:16");

/** In the order of the ratios. */
const oldSizes = words(`
  1024x1024 2048x1024 1024x2048 1536x1024 1024x1536 1365x1024 1024x1365 1280x1024 1024x1280 1024x1707
  1434x1024 1024x1434 1820x1024 1024x1820`);
const newSizes = words(`
  1024x1024 1536x768 768x1536 1280x832 832x1280 1216x896 896x1216 1152x896 896x1152 832x1344 1280x896
  896x1280 1344x768 768x1344`);

/** Of V2 and V3; one of their sizes has no ratio. */
export const sizesOfV3: SizeTable = tabulate([...oldSizes, "1707x1024"].map(parse));
/** Of V4 and V4.1 in 1K. */
export const sizesOfV4: SizeTable = tabulate(newSizes.map(parse));
/** Of the Pro models. */
export const sizesOfPro: SizeTable = tabulate(
  newSizes.map(parse).map(({ width, height }) => ({ width: 2 * width, height: 2 * height })),
);

function tabulate(sizes: readonly Size[]): SizeTable {
  return new Map(sizes.flatMap((size, index) => {
    const ratio = ratios[index];
    const entry = [`${size.width}x${size.height}`, size] as const;
    return ratio === undefined ? [entry] : [entry, [ratio, size] as const];
  }));
}

function parse(text: string): Size {
  const [width = 0, height = 0] = text.split("x").map(Number);
  return { width, height };
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
