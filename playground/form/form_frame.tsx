import type { ComponentChildren, JSX } from "preact";

interface FormFrameProps {
  readonly onSubmit: () => void;
  readonly children: ComponentChildren;
}

/** A form that is sent by its button, and by Control or Command with Enter from anywhere in it. */
export function FormFrame({ onSubmit, children }: FormFrameProps): JSX.Element {
  return (
    <form
      class="composer card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
