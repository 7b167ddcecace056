/**
 * Loads the library of schemas, and exports nothing: of a module that is imported while the program runs the bundler keeps
 * every export, and so all of the library.
 */
import '../../events/zod.ts';
