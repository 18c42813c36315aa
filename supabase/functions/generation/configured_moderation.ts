import type { z } from "zod";
import {
  type moderation as moderationSettings,
  type project,
  publicUrlOf,
  secretKeyOf,
  type secretKeys,
} from "../../../shared/config.ts";
import type { Log } from "../../../shared/log.ts";
import { createModeration, type Moderation } from "../../../shared/moderation/moderation.ts";
import type { ProvidersConfig } from "../../../shared/providers/configured_providers.ts";
import type { AssetLookup } from "../../../shared/storage/asset_lookup.ts";
import { createUrlSigner } from "../../../shared/storage/url_signer.ts";

/** For as long as the service reads an image. */
const SIGNED_SECONDS = 60;

type Values = z.output<
  z.ZodObject<typeof moderationSettings & typeof project & typeof secretKeys>
>;

/** The check of content that the settings choose; undefined if it is off. Throws without its key. */
export function configuredModeration(
  values: Values,
  providers: ProvidersConfig,
  assets: AssetLookup,
  log: Log,
): Moderation | undefined {
  if (values.MODERATION === "off") return undefined;
  const { openai } = providers;
  if (!openai) {
    throw new Error("Cannot start, settings are wrong: OPENAI_API_KEY: missing, for MODERATION");
  }
  const secretKey = secretKeyOf(values);
  const signer = createUrlSigner({
    supabaseUrl: values.SUPABASE_URL,
    publicUrl: publicUrlOf(values),
    publicKey: secretKey,
    seconds: SIGNED_SECONDS,
  });
  return createModeration({
    openai,
    assets,
    // The caller's right to read it has been checked.
    sign: (bucket, paths) => signer.sign(bucket, paths, `Bearer ${secretKey}`),
    isRequired: values.MODERATION_REQUIRED,
    log,
  });
}
