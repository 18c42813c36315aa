import type { JSX, TargetedEvent } from "preact";
import { useId, useState } from "preact/hooks";
import type { FileSlotName } from "../operations/controls.ts";
import type { FileFacts } from "../operations/file_limits.ts";
import type { PickedFile } from "../request/draft.ts";
import type { ReadyFile } from "../request/ready_files.ts";
import { fileSize } from "../shell/amounts.ts";
import { FieldNotes } from "./field_notes.tsx";
import { FilePreview } from "./file_preview.tsx";

interface FileSlotProps {
  readonly slot: FileSlotName;
  readonly label: string;
  readonly file: PickedFile | undefined;
  /** Undefined while the file is looked at. */
  readonly ready: ReadyFile | undefined;
  readonly isOptional?: boolean;
  /** Whether the form has no other one: its heading says already what it is for. */
  readonly isAlone: boolean;
  readonly problem: string | undefined;
  readonly warnings: readonly string[];
  readonly onPick: (file: PickedFile | undefined) => void;
}

/** A place for one file: chosen, dropped, or pasted anywhere on the page. */
export function FileSlot(props: FileSlotProps): JSX.Element {
  const { slot, file, ready, problem, warnings, onPick } = props;
  const id = useId();
  const [isOver, setOver] = useState(false);
  const take = (files: FileList | null | undefined): void => {
    const [chosen] = files ?? [];
    if (chosen) onPick({ kind: "local", name: chosen.name, blob: chosen });
  };
  const refusal = ready?.state === "refused" ? ready.reason : undefined;
  return (
    <div
      class={`slot ${isOver ? "over" : ""} ${file ? "filled" : ""}`}
      data-field={slot}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      <Face {...props} notesId={`${id}-notes`} onChoose={take} />
      {file && <Caption {...props} />}
      <FieldNotes id={`${id}-notes`} problem={refusal ?? problem} warnings={warnings} />
    </div>
  );
}

type FaceProps = FileSlotProps & {
  readonly notesId: string;
  readonly onChoose: (files: FileList | null) => void;
};

/** The file, or the invitation to choose one: either is pressed for that. */
function Face(props: FaceProps): JSX.Element {
  const { slot, label, file, notesId, onChoose } = props;
  const choose = (event: TargetedEvent<HTMLInputElement>): void => {
    onChoose(event.currentTarget.files);
    // The same file may be chosen again.
    event.currentTarget.value = "";
  };
  return (
    <label class="slot-face">
      <input
        type="file"
        class="visually-hidden"
        accept={slot === "model" ? ".glb,model/gltf-binary" : "image/*"}
        aria-label={file ? `${label}: ${file.name}, choose another` : label}
        aria-describedby={notesId}
        onChange={choose}
      />
      {file ? <FilePreview file={file} /> : <Invitation {...props} />}
    </label>
  );
}

function Caption({ label, file, isAlone, ready, onPick }: FileSlotProps): JSX.Element {
  return (
    <div class="slot-caption">
      <strong>{isAlone ? file?.name : label}</strong>
      <span class="hint">{ready ? factsWords(ready.facts) : "Looking at it…"}</span>
      <button
        type="button"
        class="remove"
        aria-label={`Remove ${label}`}
        onClick={() => onPick(undefined)}
      >
        <span aria-hidden="true">×</span>
      </button>
    </div>
  );
}

function Invitation({ slot, label, isAlone, isOptional }: FileSlotProps): JSX.Element {
  const ways = slot === "model" ? "or drop it here" : "or drop or paste it";
  return (
    <span class="invitation">
      <span class="plus" aria-hidden="true">+</span>
      <strong>{isAlone ? `Choose a ${label.toLowerCase()}` : label}</strong>
      <span class="hint">
        {isOptional ? "optional" : isAlone ? ways : "Choose, drop or paste"}
      </span>
    </span>
  );
}

function factsWords(facts: FileFacts | undefined): string {
  if (!facts) return "";
  const { width, height, bytes } = facts;
  const size = fileSize(bytes).replace(" ", "\u00a0");
  return width === undefined ? size : `${width} × ${height}, ${size}`;
}
