import type { Task } from "@makeit3d/client";
import { Text } from "react-native";
import { Result } from "./result";

/** One of the user's tasks, of this device or another. */
export function PastTask({ task }: { task: Task }) {
  return (
    <>
      <Text>{`${task.operation}: ${task.error ?? task.status}`}</Text>
      {task.status === "complete" && <Result task={task} />}
    </>
  );
}
