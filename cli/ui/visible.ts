/**
 * Text of others for people's eyes: characters that a terminal obeys, that turn the direction of what follows or that
 * cannot be seen are written out, as `\u001b`. New lines stay.
 */
export const visible = (text: string): string =>
  text.replaceAll(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => {
    const code = (char.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
  });
