import { characters } from "../contract/characters.ts";

interface StyledPrompt {
  readonly prompt: string;
  readonly warnings: readonly string[];
}

/**
 * A style in words at the end of the prompt, for a provider that no longer takes it as a parameter.
 *
 * @param words With what separates them from the prompt.
 */
export function styledPrompt(
  prompt: string,
  words: string,
  { provider, maxCharacters }: { readonly provider: string; readonly maxCharacters: number },
): StyledPrompt {
  const styled = prompt + words;
  const gone = `style: ${provider} no longer takes it`;
  if (characters(styled) > maxCharacters) {
    return { prompt, warnings: [`${gone}, and the prompt leaves no room for it; ignored`] };
  }
  const added = JSON.stringify(words.replace(/^\W+/, ""));
  return { prompt: styled, warnings: [`${gone}; ${added} was added to the prompt`] };
}
