import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { PickedFile } from "../request/draft.ts";

/** The address of a picture of a file; undefined for one that has none. */
export function usePreview(file: PickedFile | undefined): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (file?.kind !== "local") return setAddress(file && pictureOf(file));
    if (!file.blob.type.startsWith("image/")) return setAddress(undefined);
    const made = URL.createObjectURL(file.blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return address;
}

function pictureOf(file: Extract<PickedFile, { kind: "stored" }>): string | undefined {
  if (file.previewUrl !== undefined) return file.previewUrl;
  return file.facts?.mediaType.startsWith("model/") ? undefined : file.url;
}

/** How a chosen file looks. */
export function FilePreview({ file }: { readonly file: PickedFile }): JSX.Element {
  const address = usePreview(file);
  const [broken, setBroken] = useState<PickedFile>();
  if (isModel(file)) return <span class="file-icon" aria-hidden="true">{kindOf(file)}</span>;
  if (broken === file) return <span class="file-icon" aria-hidden="true">?</span>;
  return (
    <img
      class="file-picture"
      {...(address !== undefined && { src: address })}
      alt=""
      onError={() => setBroken(file)}
    />
  );
}

/** What stands for a file without a picture: `3D`, or the end of its name: `TXT`. */
export function kindOf(file: PickedFile): string {
  const [, ending = ""] = /\.(\w{1,5})$/.exec(file.name) ?? [];
  const isStored = file.kind === "stored";
  return isStored || ending.toLowerCase() === "glb" ? "3D" : ending.toUpperCase() || "?";
}

/** Whether there is no picture of it. */
function isModel(file: PickedFile): boolean {
  if (file.kind === "local") return !file.blob.type.startsWith("image/");
  return pictureOf(file) === undefined;
}
