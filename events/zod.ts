import { config, maxLength as maximum, minLength as minimum } from 'zod/mini';
import english from 'zod/v4/locales/en.js';

/**
 * What every schema is made with: the small form of zod, whose schemas cost half the processor time of a cold start
 * (docs/decisions/0020-small-schemas.md). By itself it says no more than "Invalid input" about a wrong value, so the texts
 * are set here, where no schema can be made without them.
 */
config(english());

export * from 'zod/mini';

const isMeasured = ({ value }: { readonly value: unknown }): boolean =>
  typeof value === 'string' || Array.isArray(value);

/**
 * The library measures whatever has a `length`, also a value that is already refused. An object of a stranger may have one
 * that throws when it is compared, so only texts and lists are measured.
 */
const ofMeasured = <Check extends { readonly _zod: { readonly def: { when?: unknown } } }>(
  check: Check,
): Check => {
  check._zod.def.when = isMeasured;
  return check;
};

export const minLength: typeof minimum = (...given) => ofMeasured(minimum(...given));
export const maxLength: typeof maximum = (...given) => ofMeasured(maximum(...given));
