// @ts-types="@types/react"
import { createContext, createElement, type ReactElement, type ReactNode, useContext } from "react";
import type { MakeIt3D } from "../client.ts";

const Context = createContext<MakeIt3D | undefined>(undefined);

export interface MakeIt3DProviderProps {
  readonly client: MakeIt3D;
  readonly children?: ReactNode;
}

/** Gives the app's client to the hooks below it. */
export function MakeIt3DProvider({ client, children }: MakeIt3DProviderProps): ReactElement {
  return createElement(Context.Provider, { value: client }, children);
}

/** The app's client. */
export function useMakeIt3D(): MakeIt3D {
  const client = useContext(Context);
  if (!client) throw new Error("No MakeIt3DProvider above this component");
  return client;
}
