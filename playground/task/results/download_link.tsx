import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Task } from "../task.ts";
import { fileNameOf, saveAs } from "./download.ts";

interface DownloadLinkProps {
  readonly task: Task;
  readonly index: number;
}

/** Saves a result under a name that says what it is. */
export function DownloadLink({ task, index }: DownloadLinkProps): JSX.Element | null {
  const [problem, setProblem] = useState("");
  const url = task.assets[index]?.url;
  if (url === undefined) return null;
  const name = fileNameOf(task, index);
  const save = (event: Event): void => {
    if (new URL(url).origin === location.origin) return;
    event.preventDefault();
    setProblem("");
    saveAs(url, name).catch((error: unknown) => setProblem(String(error)));
  };
  return (
    <>
      <a class="button" href={url} download={name} title={name} onClick={save}>Download</a>
      {problem && <span role="alert" class="hint">{problem}</span>}
    </>
  );
}
