import {
  A_FILE,
  address,
  flag,
  oneOf,
  optional,
  type ProviderLimits,
  required,
  usually,
  wholeFrom,
  wordsUpTo,
} from "./limits.ts";

export const fluxLimits: ProviderLimits = {
  "image-to-image": {
    smallest: { prompt: "x", input_image_asset_url: A_FILE },
    fields: {
      prompt: required(wordsUpTo(32_000)),
      input_image_asset_url: required(address),
      aspect_ratio: optional({
        accepted: [
          ...["1:1", "16:9", "9:16", "21:9", "2:3", "3:2", "4:5", "5:4"],
          ...["9:21", "7:3", "3:7", "100:99", "999:999", "2:1"],
        ],
        refused: [
          ...["22:9", "9:22", "3:1", "1:3", "701:300", "300:701"],
          ...["0:1", "1:0", "01:1", "1000:1000", "1", "1:", "16/9", "16:9:1", "1.5:1", "-1:1"],
          ...[" 1:1", "1:1 ", "1:1\n", "constructor", 1, [16, 9]],
        ],
      }),
      output_format: usually("png", oneOf("png", "jpeg")),
      safety_tolerance: usually(2, wholeFrom(0, 6)),
      prompt_upsampling: usually(false, flag),
    },
  },
};
