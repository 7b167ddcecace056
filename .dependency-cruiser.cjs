/** The arrows of the house run one way; docs/explain/architecture.md draws them. */
const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

/**
 * The floors of shared/, highest first. A file may import from its own floor and from lower ones. The ports stand below
 * all that calls them; what implements them (alicloud) stands beside the floors, and only functions and commands put the two together.
 */
const FLOORS = [
  'sweep',
  'verification',
  'reconcile',
  'requests',
  'admission',
  'record',
  'ports',
  'catalogue',
  'runtime',
];
const pathOf = (floor) => (floor === 'ports' ? '^shared/ports\\.ts$' : `^shared/${floor}/`);
const floors = FLOORS.slice(1).map((floor, index) =>
  rule(
    `${floor}-knows-nothing-above`,
    { path: pathOf(floor) },
    { path: [...FLOORS.slice(0, index + 1).map(pathOf), '^shared/(alicloud|installation)/'] },
    'Arrows go down.',
  ),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    rule(
      'no-circular',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
      'Two files that need each other are one idea, or three.',
    ),
    rule(
      'events-alone',
      { path: '^events/' },
      { path: '^(shared|functions|cli|local|test)/' },
      'What may enter and leave is defined without us.',
    ),
    ...floors,
    rule(
      'the-highest-floor-knows-no-cloud',
      { path: '^shared/(sweep|installation)/' },
      { path: '^shared/alicloud/' },
      'The order of things is written against ports.',
    ),
    rule(
      'rules-are-pure',
      {
        path: '^shared/(admission|record|catalogue|reconcile|verification|sweep|installation|requests)/',
        pathNot: '^shared/admission/load-requesters\\.ts$',
      },
      { path: ['^node:(?!crypto$)', '@alicloud'], dependencyTypesNot: ['type-only'] },
      'The rules know no I/O and no SDK. A digest (node:crypto) is neither.',
    ),
    rule(
      'one-comparison',
      { path: '^(shared|functions|cli)/', pathNot: '^shared/reconcile/diff' },
      { path: '^shared/reconcile/diff-' },
      'Only diff.ts compares documents, trusts and attachments; everything else is a view of its list.',
    ),
    rule(
      'only-alicloud-has-sdks',
      { path: '^(events|shared|functions|cli)/', pathNot: '^shared/alicloud/' },
      { path: 'node_modules/(@alicloud|@darabonba)/' },
      'One place talks to the vendor.',
    ),
    rule(
      'functions-do-not-know-each-other',
      { path: '^functions/([^/]+)/' },
      { path: '^functions/', pathNot: '^functions/$1/' },
      's.yaml wires them.',
    ),
    rule(
      'functions-stay-lean',
      { path: '^(functions|shared|events)/' },
      { path: '^(local|cli|test)/' },
      'Nothing of the local cloud, the command line or the tests reaches a bundle.',
    ),
    rule(
      'local-stands-alone',
      { path: '^local/cloud/' },
      { path: '^(shared/(?!runtime/(millis|clock)\\.ts$)|functions/|cli/|events/)' },
      'The local cloud must not be right because it shares our mistakes.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.d.ts', '.js', '.json'] },
  },
};
