import { Buffer } from "node:buffer";
import { Jimp } from "../../../simulators/jimp.ts";

const SIZE = { width: 1_600, height: 1_200 };

/** A JPEG of some megabytes, as phones make them: noise, which cannot be packed. */
export async function drawLargePhoto(): Promise<Uint8Array> {
  const data = Buffer.alloc(SIZE.width * SIZE.height * 4, 255);
  let state = 1;
  for (let place = 0; place < data.length; place++) {
    state = (state * 48_271) % 2_147_483_647;
    if (place % 4 !== 3) data[place] = state & 255;
  }
  return await Jimp.fromBitmap({ ...SIZE, data }).getBuffer("image/jpeg", { quality: 90 });
}
