/** The table "Who may import whom" of docs/architecture.md. Each rule is broken once in tools/checks/dependency-rules.integration.spec.mjs. */
const TEST_FILE = '\\.spec\\.ts$|^apps/web/src/setup-jest\\.ts$|^apps/server/src/testing/';
const FEATURES =
  '^apps/server/src/(tmux|sessions|tokens|events|commands|health|files|audit|policy|cli)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'libs-import-nothing-of-ours',
      severity: 'error',
      from: { path: '^libs/([^/]+)/', pathNot: TEST_FILE },
      to: { path: '^(libs|apps|e2e|bench|tools)/', pathNot: '^libs/$1/' },
    },
    {
      name: 'lib-tests-import-their-lib-and-testing',
      severity: 'error',
      from: { path: '^libs/([^/]+)/.*\\.spec\\.ts$' },
      to: { path: '^(libs|apps|e2e|bench|tools)/', pathNot: '^libs/($1|testing)/' },
    },
    {
      name: 'libs-by-their-entry',
      comment: 'A lib is what its index enumerates.',
      severity: 'error',
      from: { path: '^(apps|e2e|bench|libs/([^/]+))/' },
      to: {
        path: '^libs/[^/]+/src/',
        pathNot: '^libs/[^/]+/src/index\\.ts$|^libs/dto/src/constants\\.ts$|^libs/$2/',
      },
    },
    {
      name: 'web-takes-only-types-from-dto',
      comment: 'The decorated DTOs bring class-validator along; values come from #dto/constants.',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: '^libs/dto/src/index\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'web-knows-no-server',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: '^(apps/(?!web/)|libs/(?!dto/)|e2e/|bench/|tools/)' },
    },
    {
      name: 'server-knows-no-client',
      severity: 'error',
      from: { path: '^apps/server/' },
      to: { path: '^(apps/(?!server/)|e2e/|bench/|tools/)' },
    },
    {
      name: 'black-box-imports-nothing-of-apps',
      severity: 'error',
      from: { path: '^(e2e|bench)/' },
      to: { path: '^(apps/|libs/(?!testing/|dto/))' },
    },
    {
      name: 'http-auth-config-know-no-feature',
      severity: 'error',
      from: { path: '^apps/server/src/(http|auth|config)/', pathNot: TEST_FILE },
      to: { path: FEATURES },
    },
    {
      name: 'testing-is-for-tests',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: `${TEST_FILE}|^libs/testing/` },
      to: { path: '^(libs|apps/server/src)/testing/' },
    },
    {
      name: 'nobody-imports-a-test',
      severity: 'error',
      from: {},
      to: { path: '\\.(spec|e2e)\\.ts$' },
    },
    {
      name: 'server-runs-without-dev-dependencies',
      severity: 'error',
      from: { path: '^(apps/server|libs/(dto|tmux-protocol|audit-log))/', pathNot: TEST_FILE },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports and that imports nothing is dead code.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: `${TEST_FILE}|\\.d\\.ts$|\\.e2e\\.ts$|\\.config\\.ts$|^apps/web/public/`,
      },
      to: {},
    },
    {
      name: 'imports-resolve',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['tmuxy-source', 'import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
