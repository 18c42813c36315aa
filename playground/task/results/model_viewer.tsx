import { createElement, type JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

interface ModelViewerProps {
  readonly url: string;
  /** A picture of the model, until it is there. */
  readonly poster: string | undefined;
  /** What it shows, for those who do not see it. */
  readonly alt: string;
  readonly isTurning: boolean;
}

type State = "loading" | "shown" | "failed";

/** A model that can be turned by mouse, finger and arrow keys. The viewer is fetched when one is there. */
export function ModelViewer({ url, poster, alt, isTurning }: ModelViewerProps): JSX.Element {
  const [isDefined, setDefined] = useState(() => customElements.get("model-viewer") !== undefined);
  const [state, setState] = useState<State>("loading");
  const element = useRef<HTMLElement>(null);

  useEffect(() => {
    import("./define_model_viewer.ts").then(
      () => setDefined(true),
      () => setState("failed"),
    );
  }, []);

  useEffect(() => {
    const viewer = element.current;
    if (!viewer) return;
    const show = (): void => setState("shown");
    const fail = (): void => setState("failed");
    viewer.addEventListener("load", show);
    viewer.addEventListener("error", fail);
    return () => {
      viewer.removeEventListener("load", show);
      viewer.removeEventListener("error", fail);
    };
  }, [isDefined]);

  return (
    <div class="viewer" data-state={state}>
      {poster && state !== "shown" && <img class="viewer-poster" src={poster} alt={alt} />}
      {isDefined && state !== "failed" && createElement("model-viewer", {
        ref: element,
        src: url,
        alt,
        "camera-controls": true,
        "auto-rotate": isTurning,
        "auto-rotate-delay": 0,
        "shadow-intensity": 1,
        "interaction-prompt": "none",
        "touch-action": "pan-y",
        // Its own bar stays where a model comes at once; the note below says the same.
      }, <span slot="progress-bar" />)}
      {state === "loading" && <p class="viewer-note" role="status">Loading the model…</p>}
      {state === "failed" && (
        <p class="viewer-note" role="alert">
          The model cannot be shown here. Download it to see it elsewhere.
        </p>
      )}
    </div>
  );
}
