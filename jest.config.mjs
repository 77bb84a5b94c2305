/** Server and libs are ESM with decorators; Jest runs them as CommonJS (docs/testing.md says why). */
const swc = [
  '@swc/jest',
  {
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
    module: { type: 'commonjs' },
  },
];

const cacheDirectory = `${import.meta.dirname}/node_modules/.cache/jest`;

const node = {
  rootDir: import.meta.dirname,
  cacheDirectory,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['tmuxy-source', 'node', 'node-addons'] },
  transform: { '\\.[cm]?[jt]s$': swc },
  transformIgnorePatterns: [
    '/node_modules/(?!(@nestjs|nestjs-pino|cookie|content-disposition|commander|eventsource-parser|@mikro-orm|kysely|openid-client|oauth4webapi|jose|@peculiar|oidc-provider|koa)/)',
  ],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
};

export default {
  // Integration tests start tmux and servers on machines that may be busy.
  testTimeout: 30_000,
  projects: [
    {
      ...node,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps/server,libs}/**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.integration\\.spec\\.ts$'],
    },
    {
      ...node,
      displayName: 'integration',
      testMatch: ['<rootDir>/{apps/server,libs}/**/*.integration.spec.ts'],
    },
    {
      displayName: 'web',
      rootDir: import.meta.dirname,
      cacheDirectory,
      preset: 'jest-preset-angular',
      testMatch: ['<rootDir>/apps/web/**/*.spec.ts'],
      setupFilesAfterEnv: ['<rootDir>/apps/web/src/setup-jest.ts'],
      transform: {
        '^.+\\.(ts|mjs|js|html|svg)$': [
          'jest-preset-angular',
          {
            tsconfig: '<rootDir>/apps/web/tsconfig.spec.json',
            stringifyContentPathRegex: '\\.(html|svg)$',
            processWithEsbuild: ['**/node_modules/eventsource-parser/**/*.js'],
          },
        ],
      },
      transformIgnorePatterns: ['/node_modules/(?!(.*\\.mjs$|eventsource-parser/))'],
      moduleNameMapper: {
        '^(\\.{1,2}/.*)\\.js$': '$1',
        '^#dto$': '<rootDir>/libs/dto/src/index.ts',
        '^#dto/constants$': '<rootDir>/libs/dto/src/constants.ts',
      },
    },
  ],
};
