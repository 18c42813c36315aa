import type { ApiErrorCode } from "../../shared/contract/errors.ts";
import type { User } from "../support/client.ts";

/** Who and what is there when hostile requests are sent. */
export interface Scene {
  /** The caller of most requests, signed in rightfully. */
  readonly caller: User;
  /** Address of a picture that the caller may use. */
  readonly picture: string;
  /** The same for a 3D model. */
  readonly model: string;
  /** What belongs to somebody else. */
  readonly foreign: {
    readonly user: User;
    readonly picture: string;
    readonly taskId: string;
    /** The provider's name of a finished 3D model. */
    readonly draftId: string;
  };
}

/** One request that must be refused, and how. */
export interface HostileCase {
  readonly name: string;
  readonly method?: string;
  /** Below the address of the functions. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Made anew for each try: a stream can be sent once. */
  readonly body?: () => BodyInit;
  readonly error: ApiErrorCode;
  /** Words that the message has to have. Of a 401 and a 403: the message. */
  readonly words?: RegExp;
}

/** A group of requests that try the same. */
export type Theme = (scene: Scene) => readonly HostileCase[] | Promise<readonly HostileCase[]>;
