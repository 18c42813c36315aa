const SIDE = 1_024;

/** The address of an SVG, for an element of the page. */
export function drawingAddress(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** Draws an SVG as the PNG that providers take. */
export async function drawPicture(svg: string): Promise<Blob> {
  const image = new Image(SIDE, SIDE);
  image.src = drawingAddress(svg);
  await image.decode();
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: SIDE, height: SIDE });
  // Services may take what could be transparent for black, and the backend warns of it.
  const context = canvas.getContext("2d", { alpha: false });
  if (!context) throw new Error("This browser draws no pictures");
  context.drawImage(image, 0, 0, SIDE, SIDE);
  return await new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => blob ? resolve(blob) : reject(new Error("Nothing was drawn")),
      "image/png",
    );
  });
}
