import type { ProviderSettings } from "../adapter.ts";

/** What the operator decides for OpenAI. */
export interface OpenaiSettings extends ProviderSettings {
  readonly imageModel: string;
}
