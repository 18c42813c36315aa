import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Backend } from "./backend.ts";

export const BackendContext = createContext<Backend | undefined>(undefined);

/** The backend of the user who is signed in; every view stands below it. */
export function useBackend(): Backend {
  const backend = useContext(BackendContext);
  if (!backend) throw new Error("Nobody is signed in above this component");
  return backend;
}
