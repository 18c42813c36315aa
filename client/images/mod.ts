/**
 * Photos as providers take them: upright, small enough, without the place where they were taken. Give
 * the client one of these as `prepare`.
 *
 * @module
 */
import type { FileInput } from "../files.ts";
import type { Prepare } from "../options.ts";
import { type BrowserImagesOptions, drawInBrowser } from "./browser_images.ts";
import { drawByExpo, type ExpoImageManipulator } from "./expo_images.ts";
import { type Fit, fitOf } from "./fit.ts";

/** In pages, by a canvas. */
export function browserImages(options: BrowserImagesOptions = {}): Prepare {
  return preparedBy((file, fit) => drawInBrowser(file, fit, options));
}

/** In Expo: `expoImages(await import("expo-image-manipulator"))`. */
export function expoImages(manipulator: ExpoImageManipulator): Prepare {
  return preparedBy((file, fit) => drawByExpo(file, fit, manipulator));
}

function preparedBy(draw: (file: FileInput, fit: Fit) => Promise<FileInput>): Prepare {
  return async (file, purpose) => {
    const fit = fitOf(purpose);
    return fit ? await draw(file, fit) : file;
  };
}

export type { BrowserImagesOptions, ExpoImageManipulator };
