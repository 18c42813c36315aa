import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useBackend } from "../connection/backend_context.ts";
import { ConfirmDialog } from "./confirm_dialog.tsx";
import { isFinal, type Task } from "./task.ts";
import { BILLED } from "./timeline.ts";

interface DeleteButtonProps {
  readonly task: Task;
  /** Hears that it is gone, and what it had cost. */
  readonly onDeleted: (told: string) => void;
}

/** Deletes a task for good, after a question. */
export function DeleteButton({ task, onDeleted }: DeleteButtonProps): JSX.Element {
  const { client } = useBackend();
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");

  const remove = async (): Promise<void> => {
    setBusy(true);
    setProblem("");
    try {
      const { billed } = await client.remove(task.id);
      onDeleted(`Deleted. ${BILLED[billed]}.`);
    } catch (error) {
      setProblem(`Not deleted: ${error instanceof Error ? error.message : error}`);
      setBusy(false);
    }
  };

  return (
    <>
      <button type="button" class="quiet danger" onClick={() => setAsking(true)}>Delete</button>
      {isAsking && (
        <ConfirmDialog
          title="Delete this task?"
          confirm={isBusy ? "Deleting…" : "Delete for good"}
          isBusy={isBusy}
          onConfirm={remove}
          onClose={() => setAsking(false)}
        >
          <p>
            Its results, its files and what was asked for are gone for good.
            {!isFinal(task) && " What the service has begun may be billed all the same."}
          </p>
          <p role="alert" class="problem">{problem}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
