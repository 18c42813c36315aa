import { ApiError } from "../contract/errors.ts";
import type { LocatedCommand } from "../generation/input_assets.ts";
import type { Log } from "../log.ts";
import type { AssetLookup } from "../storage/asset_lookup.ts";
import { type ModeratedImage, moderatedImages, moderatedTexts } from "./moderated_content.ts";
import { askForRatings, NoRating, type OpenAiAccess, type Rating } from "./openai_moderation.ts";

/** https://developers.openai.com/api/docs/guides/moderation: "Image files are limited to 20 MB" */
const MAX_IMAGE_BYTES = 20_000_000;

/** Waits that the service asks for are seconds; a client need not believe more. */
const MAX_RETRY_AFTER_SECONDS = 60;

/** Checks what a request asks for before it is queued. */
export interface Moderation {
  /**
   * Throws an ApiError: `content_refused` for what is flagged, `invalid_asset` for an image that cannot
   * be checked, and `unavailable` while nothing can be, unless it need not be.
   */
  check(located: LocatedCommand, userId: string): Promise<void>;
}

export interface ModerationDependencies {
  readonly openai: OpenAiAccess;
  readonly assets: Pick<AssetLookup, "find">;
  /** URLs that the service can read for a moment, by path; past all policies. */
  sign(bucket: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Whether what cannot be checked is refused. */
  readonly isRequired: boolean;
  readonly log: Log;
  /** How long the service may take, in milliseconds. Default: some seconds. */
  readonly timeout?: number;
}

/** One input of a request, and what the service thinks of it. */
interface Finding extends Rating {
  readonly field: string;
}

export function createModeration(dependencies: ModerationDependencies): Moderation {
  const { openai, assets, sign, isRequired, log, timeout } = dependencies;

  async function checkTexts({ command }: LocatedCommand): Promise<Finding[]> {
    const texts = moderatedTexts(command);
    if (texts.length === 0) return [];
    const ratings = await askForRatings(openai, texts.map(({ text }) => text), timeout);
    return ratings.map((rating, index) => ({ field: texts[index]?.field ?? "", ...rating }));
  }

  async function checkImage({ field, object, bytes }: ModeratedImage): Promise<Finding[]> {
    if (bytes > MAX_IMAGE_BYTES) {
      throw unusable(field, `Has ${bytes} bytes; at most ${MAX_IMAGE_BYTES} can be checked`);
    }
    const url = (await sign(object.bucket, [object.path])).get(object.path);
    if (url === undefined) throw unusable(field, "No such file; upload it again");
    try {
      const image = { type: "image_url", image_url: { url } } as const;
      return (await askForRatings(openai, [image], timeout))
        .map((rating) => ({ field, ...rating }));
    } catch (error) {
      if (!(error instanceof NoRating) || !error.isUnusable) throw error;
      throw unusable(field, "Cannot be checked; upload another image", error);
    }
  }

  return {
    async check(located, userId) {
      const images = await moderatedImages(located, userId, assets);
      const checks = await Promise.allSettled([checkTexts(located), ...images.map(checkImage)]);
      // What is flagged is refused, whatever else could not be checked.
      const flagged = checks
        .flatMap((check) => check.status === "fulfilled" ? check.value : [])
        .filter(({ isFlagged }) => isFlagged);
      if (flagged.length > 0) {
        log.info("content refused", { user_id: userId, flagged: wordsOf(flagged) });
        throw refused(flagged);
      }
      const failed = checks.find((check) => check.status === "rejected");
      if (!failed) return;
      log.error("content not checked", failed.reason, { user_id: userId });
      if (isRequired) throw rejectionOf(failed.reason);
    },
  };
}

/** The categories are for the operator: told to a user, they would be a guide around the check. */
function refused(flagged: readonly Finding[]): ApiError {
  const message = "Refused for its content; change it, trying the same again will not help";
  const details = flagged.map(({ field }) => ({ field, message }));
  const words = details.map(({ field }) => `${field}: ${message}`).join("; ");
  return new ApiError("content_refused", words, { details });
}

function wordsOf(flagged: readonly Finding[]): string {
  return flagged.map(({ field, categories }) => `${field}: ${categories.join(", ")}`).join("; ");
}

function unusable(field: string, message: string, cause?: unknown): ApiError {
  const details = [{ field, message }];
  return new ApiError("invalid_asset", `${field}: ${message}`, { details, cause });
}

function rejectionOf(cause: unknown): unknown {
  if (!(cause instanceof NoRating)) return cause;
  const message = "Requests cannot be checked for their content at the moment; try again";
  const { retryAfterSeconds } = cause;
  return new ApiError("unavailable", message, {
    cause,
    ...(retryAfterSeconds !== undefined && {
      retryAfterSeconds: Math.min(Math.ceil(retryAfterSeconds), MAX_RETRY_AFTER_SECONDS),
    }),
  });
}
