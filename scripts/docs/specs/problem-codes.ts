import { PROBLEM_CODES, PROBLEM_TITLES, type ProblemCode } from '../../../events/problem.ts';

/** Every problem code with its title and the cause that `docs/problems.md` gives for it. */
export const problemCodes = (page: string): readonly object[] =>
  PROBLEM_CODES.map((code) => ({
    const: code,
    title: PROBLEM_TITLES[code],
    description: causeOf(page, code) ?? PROBLEM_TITLES[code],
  }));

/** The first sentence of a section's cause, without the links of the page; undefined where a code has no section yet. */
function causeOf(page: string, code: ProblemCode): string | undefined {
  const section = page.split(/^## /m).find((one) => one.startsWith(`${code}\n`));
  const cause = /\*\*Cause\.\*\* ([\s\S]+?[.:])(?=\s)/.exec(section ?? '')?.[1];
  return cause?.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/:$/, '.');
}

/** Whether a list of words is that of the problem codes. */
export const areProblemCodes = (words: readonly unknown[]): boolean =>
  words.length === PROBLEM_CODES.length && PROBLEM_CODES.every((code) => words.includes(code));
