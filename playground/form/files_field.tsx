import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { MaskPainter } from "../mask/mask_painter.tsx";
import type { FileControl, FileSlotName } from "../operations/controls.ts";
import { type FileLimits, fileLimitsWords } from "../operations/file_limits.ts";
import { slotLabel } from "../operations/words.ts";
import type { PickedFile, PickedFiles } from "../request/draft.ts";
import type { CheckedFiles } from "../request/use_ready_files.ts";
import { FieldNotes } from "./field_notes.tsx";
import { usePreview } from "./file_preview.tsx";
import { FileSlot } from "./file_slot.tsx";

interface FilesFieldProps {
  readonly control: FileControl;
  readonly limits: FileLimits | undefined;
  readonly files: PickedFiles;
  readonly checked: CheckedFiles;
  readonly problemOf: (field: string) => string | undefined;
  readonly warningsOf: (field: string) => readonly string[];
  readonly onPick: (slot: FileSlotName, file: PickedFile | undefined) => void;
}

/** The files of one field: a picture, up to four views, a mask, a model. */
export function FilesField(props: FilesFieldProps): JSX.Element {
  const { control, limits, files, checked, onPick } = props;
  const { slots } = control;
  useLooseFiles(slots, files, onPick);
  if (slots.includes("mask")) return <MaskField {...props} />;
  const isViews = slots.length > 1;
  return (
    <fieldset class="files">
      <legend>{isViews ? "Views of one thing" : slotLabel(slots[0] ?? "image", false)}</legend>
      <div class={isViews ? "views" : "single"}>
        {slots.map((slot, at) => (
          <FileSlot
            key={slot}
            slot={slot}
            label={slotLabel(slot, isViews)}
            file={files[slot]}
            ready={checked.get(slot)}
            isOptional={at > 0}
            isAlone={!isViews}
            problem={props.problemOf(slot)}
            warnings={props.warningsOf(slot)}
            onPick={(file) => onPick(slot, file)}
          />
        ))}
      </div>
      {limits && <p class="hint">{fileLimitsWords(limits)}</p>}
    </fieldset>
  );
}

function MaskField(props: FilesFieldProps): JSX.Element | null {
  const { files, checked, onPick, problemOf, warningsOf } = props;
  const picture = usePreview(files.image);
  const facts = checked.get("image")?.facts;
  // Without a picture there is nothing to paint on, and its slot asks for one.
  if (!files.image || picture === undefined) return null;
  const { width, height } = facts ?? {};
  return (
    <fieldset class="files" data-field="mask">
      <legend>What changes</legend>
      {width === undefined || height === undefined
        ? <p class="hint">Looking at the picture…</p>
        : (
          <MaskPainter
            picture={picture}
            size={{ width, height }}
            mask={files.mask}
            onChange={(mask) => onPick("mask", mask)}
          />
        )}
      <FieldNotes id="mask-notes" problem={problemOf("mask")} warnings={warningsOf("mask")} />
    </fieldset>
  );
}

/** An image that is pasted, or dropped beside its place, goes into the first empty one. */
function useLooseFiles(
  slots: readonly FileSlotName[],
  files: PickedFiles,
  onPick: (slot: FileSlotName, file: PickedFile) => void,
): void {
  useEffect(() => {
    const take = (given: DataTransfer | null): void => {
      const file = Array.from(given?.files ?? []).find(({ type }) => type.startsWith("image/"));
      const slot = slots.find((name) => !files[name]) ?? slots[0];
      if (!file || !slot || slot === "mask" || slot === "model") return;
      onPick(slot, { kind: "local", name: file.name, blob: file });
    };
    const paste = (event: ClipboardEvent): void => take(event.clipboardData);
    const drop = (event: DragEvent): void => {
      if (event.defaultPrevented) return;
      // The browser would leave the page and show the file.
      event.preventDefault();
      take(event.dataTransfer);
    };
    const allow = (event: DragEvent): void => event.preventDefault();
    document.addEventListener("paste", paste);
    document.addEventListener("dragover", allow);
    document.addEventListener("drop", drop);
    return () => {
      document.removeEventListener("paste", paste);
      document.removeEventListener("dragover", allow);
      document.removeEventListener("drop", drop);
    };
  }, [slots, files, onPick]);
}
