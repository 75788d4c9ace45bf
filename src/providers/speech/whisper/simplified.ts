import { Converter } from 'opencc-js/t2cn';

/**
 * Chinese in simplified characters: the model mixes both scripts, even within one recording, by what it was trained on.
 * Character by character (OpenCC, https://github.com/BYVoid/OpenCC), so that a text and its words stay the same text.
 */
export function createSimplifier(): (text: string) => string {
  const convert = Converter({ from: 't', to: 'cn' });
  return (text) => Array.from(text, (character) => convert(character)).join('');
}
