import { useEffect, useState } from "preact/hooks";
import { useBackend } from "../connection/backend_context.ts";
import { readDocument } from "./api_document.ts";
import { type Availability, readAvailability } from "./availability.ts";
import { formsOf, type OperationForm } from "./forms.ts";

export type Operations =
  | { readonly state: "reading" }
  | { readonly state: "unknown"; readonly reason: string; readonly retry: () => void }
  | { readonly state: "known"; readonly forms: readonly OperationForm[] };

/** Forms by the project's address: a backend is not deployed anew while somebody looks. */
const known = new Map<string, Promise<readonly OperationForm[]>>();

/** What can be asked of the backend, as its own document says. */
export function useOperations(): Operations {
  const { url } = useBackend().settings;
  const [operations, setOperations] = useState<Operations>({ state: "reading" });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const retry = (): void => {
      setOperations({ state: "reading" });
      setAttempt((count) => count + 1);
    };
    readForms(url).then(
      (forms) => setOperations({ state: "known", forms }),
      (error) => setOperations({ state: "unknown", reason: String(error), retry }),
    );
  }, [url, attempt]);
  return operations;
}

const REFRESH_MS = 30_000;

/** Who is open, and who is not, as long as it is looked at; undefined until it is known. */
export function useAvailability(): readonly Availability[] | undefined {
  const backend = useBackend();
  const [availability, setAvailability] = useState<readonly Availability[]>();
  useEffect(() => {
    const read = (): void => {
      if (document.hidden) return;
      // Without it everything is offered: the submit decides.
      readAvailability(backend).then(setAvailability, () => {});
    };
    read();
    const timer = setInterval(read, REFRESH_MS);
    document.addEventListener("visibilitychange", read);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", read);
    };
  }, [backend]);
  return availability;
}

function readForms(url: string): Promise<readonly OperationForm[]> {
  const reading = known.get(url) ?? fetchForms(url);
  known.set(url, reading);
  reading.catch(() => known.delete(url));
  return reading;
}

async function fetchForms(url: string): Promise<readonly OperationForm[]> {
  const response = await fetch(`${url}/functions/v1/generation/openapi.json`);
  if (!response.ok) throw new Error(`The backend's document: the answer was ${response.status}`);
  return formsOf(readDocument(await response.json()));
}
