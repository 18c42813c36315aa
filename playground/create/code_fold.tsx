import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useBackend } from "../connection/backend_context.ts";
import type { OperationForm } from "../operations/forms.ts";
import { bodyOf } from "../request/body.ts";
import { asClient, asCurl } from "../request/copy_as.ts";
import type { Draft } from "../request/draft.ts";
import { placedBody } from "../request/send.ts";
import { useFiles } from "../request/use_ready_files.ts";

interface CodeFoldProps {
  readonly form: OperationForm;
  readonly draft: Draft;
}

const FORMS = { "TypeScript": asClient, "curl": asCurl } as const;

/** The very request as a program sends it. */
export function CodeFold({ form, draft }: CodeFoldProps): JSX.Element {
  const { url } = useBackend().settings;
  const files = useFiles();
  const [language, setLanguage] = useState<keyof typeof FORMS>("TypeScript");
  const [told, setTold] = useState("");
  // The copied request is a task of its own; to send it twice is still one.
  const [taskId, setTaskId] = useState(newTaskId);
  const request = { url, operation: form.operation, taskId };
  const shown = bodyOf(form, draft, (slot) => `${url}/storage/v1/object/…/${slot}`);

  const copy = async (): Promise<void> => {
    try {
      // The files are uploaded then, so that the request runs as it is.
      const body = await placedBody(form, draft, files);
      await navigator.clipboard.writeText(FORMS[language]({ ...request, body }));
      setTold(`Copied as ${language}`);
      setTaskId(newTaskId());
    } catch (error) {
      setTold(`Not copied: ${error instanceof Error ? error.message : String(error)}`);
    }
  };

  return (
    <details class="code" onToggle={() => setTold("")}>
      <summary>Code for this request</summary>
      <div class="row">
        <div class="segments" role="group" aria-label="Language">
          {(["TypeScript", "curl"] as const).map((name) => (
            <button
              key={name}
              type="button"
              class="small"
              aria-pressed={name === language}
              onClick={() => setLanguage(name)}
            >
              {name}
            </button>
          ))}
        </div>
        <button type="button" class="small" onClick={copy}>Copy as {language}</button>
        <span role="status" class="hint">{told}</span>
      </div>
      <pre tabIndex={0} aria-label={`The request as ${language}`}>
        <code>{FORMS[language]({ ...request, body: shown })}</code>
      </pre>
    </details>
  );
}

function newTaskId(): string {
  return `my-task-${crypto.randomUUID().slice(0, 8)}`;
}
