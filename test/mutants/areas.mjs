import { dirname } from 'node:path';

/**
 * What is altered, and the tests that are run against it. Each area is a run by itself: in one script of everything, a
 * mutant that nothing notices would be tried against every test there is. The guards come first, so that a run that is
 * short of time has done them.
 */
const room = (name) => `shared/${name}/**/*.ts`;

/** They need no more than the rules, and take a minute together. */
const OF_THE_RULES = [
  'test/unit/admission',
  'test/unit/catalogue',
  'test/unit/events',
  'test/unit/installation',
  'test/unit/intake/edges.test.ts',
  'test/unit/intake/intake.test.ts',
  'test/unit/provision',
  'test/unit/reconcile',
  'test/unit/record',
  'test/unit/requests',
  'test/unit/runtime',
  'test/unit/sweep',
  'test/unit/verification',
  'test/unit/cli/bootstrap-removal.test.ts',
  'test/property/admission',
  'test/property/catalogue',
  'test/property/reconcile',
  'test/property/record',
  'test/property/requests',
  'test/inputs/names.test.ts',
  'test/inputs/over-http.test.ts',
  'test/integration/last-use.test.ts',
  'test/integration/lifetimes.test.ts',
  'test/integration/notices.test.ts',
  'test/integration/reviews.test.ts',
  'test/integration/sweep-drift.test.ts',
  'test/integration/sweep-lost-checks.test.ts',
  'test/integration/sweep-refused.test.ts',
];
const rules = (...rooms) => ({ sources: rooms.map(room), tests: OF_THE_RULES });

export const AREAS = {
  admission: rules('admission'),
  reconcile: rules('reconcile'),
  record: rules('record'),
  // The hosts are compared with the vendor's own list.
  catalogue: { sources: [room('catalogue')], tests: [...OF_THE_RULES, 'test/vendor/hosts.test.ts'] },
  requests: rules('requests'),
  functions: {
    sources: ['functions/**/*.ts'],
    tests: [
      'test/unit/intake',
      'test/unit/notify',
      'test/unit/provision',
      'test/unit/requests/receive-outcomes.test.ts',
      'test/unit/verification',
      'test/unit/sweep',
      'test/unit/cli/history-trail.test.ts',
      'test/inputs/over-http.test.ts',
      'test/integration/approval-signed.test.ts',
      'test/integration/cli-history.test.ts',
      'test/integration/forged-outcome.test.ts',
      'test/integration/intake-async.test.ts',
      'test/integration/last-use.test.ts',
      'test/integration/lifecycle.test.ts',
      'test/integration/lifetimes.test.ts',
      'test/integration/main-job.test.ts',
      'test/integration/notices.test.ts',
      'test/integration/refusals.test.ts',
      'test/integration/refused-words.test.ts',
      'test/integration/reviews.test.ts',
      'test/integration/scoped-grants.test.ts',
      'test/integration/signed.test.ts',
      'test/integration/sweep.test.ts',
      'test/integration/sweep-built.test.ts',
      'test/integration/sweep-lost-checks.test.ts',
      'test/integration/wake.test.ts',
    ],
    // The functions of the local cloud are the built ones: what is altered in the sources is altered in these.
    isBuilt: true,
    seconds: 15,
  },
  sweep: rules('sweep'),
  verification: rules('verification'),
  runtime: { sources: ['shared/*.ts', room('runtime'), room('installation')], tests: OF_THE_RULES },
  alicloud: {
    sources: [room('alicloud')],
    tests: ['test/unit/alicloud', 'test/inputs/client-options.test.ts'],
  },
  client: {
    sources: ['client/**/*.ts'],
    tests: [
      'test/unit/client',
      'test/unit/cli/client-replies.test.ts',
      'test/unit/cli/client-sending.test.ts',
      'test/unit/cli/http-address.test.ts',
      'test/unit/cli/inbox.test.ts',
      'test/unit/cli/local-state.test.ts',
      'test/unit/cli/usage.test.ts',
      'test/inputs/client-options.test.ts',
    ],
  },
  bootstrap: {
    sources: ['cli/bootstrap/**/*.ts'],
    tests: [
      'test/unit/cli/bootstrap-removal.test.ts',
      'test/unit/cli/bootstrap-steps.test.ts',
      'test/unit/cli/carry-out.test.ts',
      'test/integration/cli-bootstrap.test.ts',
    ],
    isBuilt: true,
    seconds: 15,
  },
  register: {
    sources: ['cli/register/**/*.ts'],
    tests: [
      'test/unit/cli/instance-file.test.ts',
      'test/unit/cli/instance-values.test.ts',
      'test/inputs',
      'test/integration/cli-register.test.ts',
    ],
    isBuilt: true,
    seconds: 15,
  },
  host: {
    sources: ['local/host/**/*.ts'],
    tests: [
      'test/unit/local/host',
      'test/unit/local/fc',
      'test/unit/local/idle.test.ts',
      'test/unit/local/testing',
    ],
    // One file in there runs the functions that are built.
    isBuilt: true,
  },
};

/** What `--sample` draws from: everything that no other area has. */
export const REST = 'rest';
AREAS[REST] = {
  sources: [
    '{shared,functions,client,cli,local,scripts,events}/**/*.ts',
    ...Object.values(AREAS).flatMap(({ sources }) => sources.map((source) => `!${source}`)),
  ],
  tests: [
    'test/unit',
    'test/inputs',
    'test/property',
    'test/integration',
    'test/conformance',
    'test/docs',
    'test/operations',
    'test/rights',
    'test/vendor',
  ],
  isBuilt: true,
  // Whole runs are among these tests, and thousands reach the readers of requests.
  seconds: 60,
};

/** What `--tests` goes through: the areas, and the rest in three, so that no run has to know too much at a time. */
export const PASSES = {
  ...Object.fromEntries(Object.entries(AREAS).filter(([name]) => name !== REST)),
  events: { sources: ['events/**/*.ts'], tests: [...OF_THE_RULES, 'test/unit/cli', 'test/property'] },
  cloud: {
    sources: ['local/cloud/**/*.ts'],
    tests: [
      'test/conformance',
      'test/unit/local',
      'test/unit/alicloud',
      'test/inputs',
      'test/property',
      'test/vendor',
    ],
  },
  commands: {
    sources: [
      'cli/**/*.ts',
      'scripts/**/*.ts',
      'local/*.ts',
      'local/{testing,deploy}/**/*.ts',
      'functions/**/*.ts',
    ],
    tests: ['test/unit', 'test/inputs', 'test/integration', 'test/operations'],
    isBuilt: true,
  },
};

/** What an area or a pass is. Where tests are named, it is tried with these alone. */
export function triedWith(name, tests) {
  const area = PASSES[name] ?? AREAS[name];
  return tests === undefined ? area : { ...area, tests };
}

const holds = (source, file) =>
  source.endsWith('/**/*.ts')
    ? file.startsWith(source.slice(0, -'**/*.ts'.length))
    : dirname(file) === dirname(source);

/** The area that alters a file. */
export const areaOf = (file) =>
  Object.keys(AREAS).find((name) => AREAS[name].sources.some((source) => holds(source, file))) ?? REST;

/** Tests that are true of the sources as they are written, or of a whole run. */
export const NOT_HERE = {
  'test/inputs/proxies.test.ts': 'a command line of its own environment, in a process that has another',
  'test/inputs/tunnels.test.ts': 'a command line of its own environment, in a process that has another',
  'test/integration/package.test.ts': 'holds a program with lines that wait, and installs the package',
  'test/unit/events/at-first-use.test.ts': 'is about what is kept, and nothing is kept here',
  'test/unit/mutants/collect.test.ts': 'collects tests itself',
  'test/unit/mutants/score.test.ts': 'is about this very runner',
  'test/unit/mutants/seen.test.ts': 'is about this very runner',
  'test/unit/mutants/script.test.ts': 'is about this very runner',
  'test/unit/admission/authenticate/constant-time.test.ts':
    'reads the sources as text, and replaces a module of Node.js',
  'test/unit/runtime/clock.test.ts': 'counts the timers that are left, which Node.js’s own do not tell',
};
