import fc from 'fast-check';

/** The same cases for every mutant, so that a score can be repeated; and no time spent on making a failure smaller. */
fc.configureGlobal({ seed: 20261123, endOnFailure: true });
