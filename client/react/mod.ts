/**
 * Hooks for React and React Native.
 *
 * @module
 */
export { MakeIt3DProvider, type MakeIt3DProviderProps, useMakeIt3D } from "./context.ts";
export type { GenerationEvents, GenerationState } from "./generation_store.ts";
export type { Loaded } from "./use_loaded.ts";
export { type UseAccount, useAccount } from "./use_account.ts";
export { type UseGeneration, useGeneration, type UseGenerationOptions } from "./use_generation.ts";
export { type UseGenerations, useGenerations } from "./use_generations.ts";
