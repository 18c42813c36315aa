import { CanceledError, type Operation } from "@makeit3d/client";
import type { UseGeneration } from "@makeit3d/client/react";
import { Button, Text } from "react-native";
import { Result } from "./result";

type Shown =
  | "status"
  | "task"
  | "progress"
  | "etaSeconds"
  | "problem"
  | "error"
  | "result"
  | "cancel";

/** How far a generation is, and its result, or why there is none. */
export function Progress({ of }: { of: Pick<UseGeneration<Operation>, Shown> }) {
  const { status, task, progress, etaSeconds, problem, error, result, cancel } = of;
  if (status === "idle") return null;
  if (status === "generating") {
    const time = etaSeconds === undefined ? "" : `, about ${Math.ceil(etaSeconds)} s`;
    return (
      <>
        <Text>
          {problem?.message ?? `${task?.status ?? "uploading"} ${progress ?? 0} %${time}`}
        </Text>
        <Button onPress={cancel} title="Cancel" />
      </>
    );
  }
  if (result) return <Result task={result} />;
  const canceled = error instanceof CanceledError && `Canceled, billed: ${error.billed}`;
  return <Text accessibilityRole="alert">{canceled || error?.message}</Text>;
}
