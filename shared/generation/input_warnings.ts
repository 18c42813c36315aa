import type { ImageLook } from "../inputs/looked_at.ts";
import type { AssetLimits } from "../providers/provider_operation.ts";

/** What a client should know of an image that is taken. */
export function imageWarnings(
  { orientation, hasAlpha, isAnimated }: ImageLook,
  provider: string,
  { turnsPhotos = false, seesTransparentAsBlack = false }: AssetLimits,
): string[] {
  const warnings: string[] = [];
  if (orientation !== 1 && !turnsPhotos) {
    warnings.push(
      `is stored turned (EXIF orientation ${orientation}), and ${provider} does not say whether it ` +
        "turns photos; save it upright if the result lies on its side",
    );
  }
  if (hasAlpha && seesTransparentAsBlack) {
    warnings.push(
      `may be transparent, and ${provider} may take that for black; put the drawing on white`,
    );
  }
  if (isAnimated) warnings.push("is animated; only its first picture is sent");
  return warnings;
}
