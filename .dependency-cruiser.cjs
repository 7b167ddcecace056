/** The arrows of the house run one way; docs/architecture.md draws them. */
const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

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
    rule(
      'access-pure',
      { path: '^shared/access/' },
      {
        path: [
          '^(shared/(workflow|alicloud|runtime)|functions|cli|local|test)/',
          '^node:(?!crypto$)',
          '@alicloud',
        ],
        dependencyTypesNot: ['type-only'],
      },
      'The rules of access know no I/O, no SDK and no clock. A digest (node:crypto) is neither.',
    ),
    rule(
      'workflow-knows-no-cloud',
      { path: '^shared/workflow/' },
      { path: '^(shared/alicloud|functions|cli|local|test)/' },
      'The order of things is written against ports.',
    ),
    rule(
      'runtime-below',
      { path: '^shared/runtime/' },
      { path: '^(shared/(workflow|alicloud)|functions|cli|local|test)/' },
      'Configuration, clock and errors serve everybody.',
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
      { path: '^(shared/(workflow|alicloud|access/(?!millis))|functions|cli|events)/' },
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
