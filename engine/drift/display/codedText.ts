/** The UTF-16 code units of a text: several times as fast to read one by one as the string. */
export type Codes = Uint16Array;

export interface CodedText {
  readonly text: string;
  readonly codes: Codes;
}

export function codedText(text: string): CodedText {
  return { text, codes: codesOf(text) };
}

export function codesOf(text: string): Codes {
  const codes = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at += 1) codes[at] = text.charCodeAt(at);
  return codes;
}
