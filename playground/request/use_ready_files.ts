import { browserImages } from "@makeit3d/client/images";
import { useEffect, useState } from "preact/hooks";
import type { Backend } from "../connection/backend.ts";
import { useBackend } from "../connection/backend_context.ts";
import type { FileSlotName } from "../operations/controls.ts";
import type { OperationForm } from "../operations/forms.ts";
import { usedSlots } from "./body.ts";
import type { Draft, PickedFile } from "./draft.ts";
import { type ReadyFile, ReadyFiles } from "./ready_files.ts";

const known = new WeakMap<Backend, ReadyFiles>();

/** The user's files, one upload each for all views. */
export function useFiles(): ReadyFiles {
  const backend = useBackend();
  const files = known.get(backend) ?? new ReadyFiles(backend.client, browserImages());
  known.set(backend, files);
  return files;
}

export type CheckedFiles = ReadonlyMap<FileSlotName, ReadyFile>;

/** Each chosen file of a form, as its provider takes it; those that are still looked at are missing. */
export function useCheckedFiles(form: OperationForm, draft: Draft): CheckedFiles {
  const files = useFiles();
  const [checks, setChecks] = useState<ReadonlyMap<FileSlotName, Check>>(new Map());
  const slots = usedSlots(form, draft);
  useEffect(() => {
    let isCurrent = true;
    for (const slot of slots) {
      const file = draft.files[slot];
      if (!file || isOf(checks.get(slot), form, file)) continue;
      files.ready(file, form, slot).catch((error): ReadyFile => ({
        state: "refused",
        facts: undefined,
        reason: error instanceof Error ? error.message : String(error),
      })).then((ready) => {
        if (isCurrent) setChecks((others) => new Map([...others, [slot, { form, file, ready }]]));
      });
    }
    return () => {
      isCurrent = false;
    };
  }, [form, files, ...SLOTS.map((slot) => draft.files[slot])]);
  // What was found out of another file, or for another provider, says nothing of this one.
  return new Map(slots.flatMap((slot): [FileSlotName, ReadyFile][] => {
    const check = checks.get(slot);
    return check && isOf(check, form, draft.files[slot]) ? [[slot, check.ready]] : [];
  }));
}

/** What was found out of a file, for one form. */
interface Check {
  readonly form: OperationForm;
  readonly file: PickedFile;
  readonly ready: ReadyFile;
}

function isOf(
  check: Check | undefined,
  form: OperationForm,
  file: PickedFile | undefined,
): boolean {
  return check?.form === form && check.file === file;
}

const SLOTS: readonly FileSlotName[] = [
  "image",
  "left",
  "back",
  "right",
  "mask",
  "sketch",
  "model",
];
