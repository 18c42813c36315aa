// @ts-types="@types/react"
import { useEffect, useState, useSyncExternalStore } from "react";
import type { Task } from "../answers.ts";
import type { Operation } from "../requests.ts";
import { useMakeIt3D } from "./context.ts";
import {
  type GenerationEvents,
  type GenerationState,
  GenerationStore,
} from "./generation_store.ts";

export interface UseGenerationOptions<Op extends Operation> extends GenerationEvents<Op> {
  /**
   * Names the place of the app that it belongs to. After a restart it shows what was under way there;
   * it never starts anything by itself.
   */
  readonly scope?: string | undefined;
}

export interface UseGeneration<Op extends Operation> extends GenerationState<Op> {
  readonly isLoading: boolean;
  /** Percentage, as far as the provider tells. */
  readonly progress: number | undefined;
  readonly queuePosition: Task["queuePosition"] | undefined;
  readonly etaSeconds: number | undefined;
  readonly generate: GenerationStore<Op>["generate"];
  /** Ends the task at the backend. */
  readonly cancel: () => Promise<void>;
  /** Shows it no more; the task goes on. */
  readonly stop: () => void;
}

/** Makes one thing after the other, and shows how far it is. A component that goes away cancels nothing. */
export function useGeneration<Op extends Operation>(
  operation: Op,
  { scope, onResult, onError }: UseGenerationOptions<Op> = {},
): UseGeneration<Op> {
  const client = useMakeIt3D();
  const [store] = useState(() => new GenerationStore(client, operation, scope));
  useEffect(() => {
    store.events = { onResult, onError };
  });
  useEffect(() => {
    store.mount();
    return store.unmount;
  }, [store]);
  const state = useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot);
  const { task, status } = state;
  const { generate, cancel, stop } = store;
  return {
    ...state,
    isLoading: status === "generating",
    progress: task?.progress,
    queuePosition: task?.queuePosition,
    etaSeconds: task?.eta?.seconds,
    generate,
    cancel,
    stop,
  };
}
