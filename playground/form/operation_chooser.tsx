import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { type Goal, GOALS, wordsOf } from "../operations/words.ts";
import { GoalIcon } from "./operation_icon.tsx";

interface OperationChooserProps {
  /** In the order in which they are shown. */
  readonly operations: readonly string[];
  readonly chosen: string;
  readonly onChoose: (operation: string) => void;
}

/** What is to be made, and out of what. */
export function OperationChooser(
  { operations, chosen, onChoose }: OperationChooserProps,
): JSX.Element {
  const id = useId();
  const { goal } = wordsOf(chosen);
  const goals = GOALS.filter((one) => operations.some((name) => wordsOf(name).goal === one));
  const chooseGoal = (one: Goal): void => {
    const first = operations.find((name) => wordsOf(name).goal === one);
    if (first !== undefined) onChoose(first);
  };
  return (
    <div class="chooser">
      <fieldset class="goals">
        <legend class="visually-hidden">What do you want to make?</legend>
        {goals.map((one) => (
          <label key={one} class="goal">
            <input
              type="radio"
              name={`${id}-goal`}
              checked={one === goal}
              onChange={() => chooseGoal(one)}
            />
            <span>
              <GoalIcon goal={one} />
              <span>{one}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset class="ways">
        <legend class="visually-hidden">Out of what?</legend>
        <div class="chip-row">
          {operations.filter((name) => wordsOf(name).goal === goal).map((name) => (
            <label key={name} class="chip">
              <input
                type="radio"
                name={`${id}-way`}
                checked={name === chosen}
                onChange={() =>
                  onChoose(name)}
              />
              <span>{wordsOf(name).name}</span>
            </label>
          ))}
        </div>
        <p class="hint">{wordsOf(chosen).hint}</p>
      </fieldset>
    </div>
  );
}
