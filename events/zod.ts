import { config, maxLength as maximum, minLength as minimum } from 'zod/mini';
import english from 'zod/v4/locales/en.js';

/**
 * What every schema is made with: the small form of zod, whose schemas cost half the processor time of a cold start
 * (docs/decisions/0020-small-schemas.md). By itself it says no more than "Invalid input" about a wrong value, so the texts
 * are set here, where no schema can be made without them.
 */
config(english());

export * from 'zod/mini';

interface Checked {
  readonly issues: readonly { readonly code?: string; readonly path?: readonly unknown[] }[];
}

/** What is said of a value that is none of what a schema takes, or none of what any of several takes. */
const OF_ANOTHER_TYPE = ['invalid_type', 'invalid_union'];

const isMeasured = ({ issues }: Checked): boolean =>
  !issues.some(({ code = '', path = [] }) => OF_ANOTHER_TYPE.includes(code) && path.length === 0);

/**
 * The library measures whatever has a `length`, also a value that is already refused: a text in the place of a list would
 * be too long a list as well, and an object of a stranger may have a length that throws when it is compared. So what is of
 * another type is not measured.
 */
const ofMeasured = <Check extends { readonly _zod: { readonly def: { when?: unknown } } }>(
  check: Check,
): Check => {
  check._zod.def.when = isMeasured;
  return check;
};

export const minLength: typeof minimum = (...given) => ofMeasured(minimum(...given));
export const maxLength: typeof maximum = (...given) => ofMeasured(maximum(...given));
