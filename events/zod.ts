import { config } from 'zod/mini';
import english from 'zod/v4/locales/en.js';

/**
 * What every schema is made with: the small form of zod, whose schemas cost half the processor time of a cold start
 * (docs/decisions/0020-small-schemas.md). By itself it says no more than "Invalid input" about a wrong value, so the texts
 * are set here, where no schema can be made without them.
 */
config(english());

export * from 'zod/mini';
