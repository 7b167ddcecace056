/**
 * Matches a policy pattern in which `*` stands for any run of characters and `?` for one.
 * A `*` in the text means "all resources" and is matched by a `*` of the pattern only: `role/?` does not cover `role/*`.
 * Two pointers instead of a regular expression: a policy is foreign text and must not be able to hang the evaluation.
 */
export function globMatches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    const char = pattern[p];
    if (char === '*') {
      star = p;
      resume = t;
      p += 1;
    } else if (text[t] !== '*' && (char === '?' || char === text[t])) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      resume += 1;
      t = resume;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}
