/** FNV-1a, 32 bits: spreads texts that differ in one digit. For spreading only, never against somebody who means harm. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}
