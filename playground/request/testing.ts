import { openApiDocument } from "../../shared/openapi/document.ts";
import { readDocument } from "../operations/api_document.ts";
import { formsOf, type OperationForm } from "../operations/forms.ts";
import type { PickedFile } from "./draft.ts";

const forms = formsOf(readDocument(openApiDocument("https://project.example/functions/v1")));

/** The form of the backend as it is now. */
export function formOf(operation: string, provider: string): OperationForm {
  const form = forms.find((one) => one.operation === operation && one.provider === provider);
  if (!form) throw new Error(`No form for ${operation} by ${provider}`);
  return form;
}

export function localFile(name: string, content: string = name): PickedFile {
  return { kind: "local", name, blob: new Blob([content]) };
}
