import type { JSX } from "preact";
import { BASED_ON, outlookOf, type Reading } from "./outlook.ts";

interface OutlookBarProps {
  readonly reading: Reading;
  readonly now: number;
}

/** The time to come: the mark is the median, the shade reaches to where nine of ten are done. */
export function OutlookBar({ reading, now }: OutlookBarProps): JSX.Element | null {
  const outlook = outlookOf(reading, now);
  const { eta } = reading.task;
  if (!outlook || !eta) return null;
  const { gone, median, text, isOverdue } = outlook;
  return (
    <div class="outlook">
      <div class="outlook-line" aria-hidden="true">
        <span class="outlook-bound" style={{ left: `${median * 100}%` }} />
        <span
          class={isOverdue ? "outlook-gone outlook-late" : "outlook-gone"}
          style={{ width: `${gone * 100}%` }}
        />
        <span class="outlook-median" style={{ left: `${median * 100}%` }} />
      </div>
      <p>{unbroken(text)}.</p>
      <p class="hint">{BASED_ON[eta.basedOn]}.</p>
    </div>
  );
}

/** No line ends between a number and its unit. */
function unbroken(text: string): string {
  return text.replaceAll(/(\d) (s|min|h)\b/g, "$1\u00a0$2");
}
