import tseslint from 'typescript-eslint';

/** Which folders of src each folder may not reach, and which modules it may not name (see docs/architecture.md). */
const NODE_IO = ['node:*', 'fs', 'path', 'os', 'http', 'https', 'net', 'tls', 'child_process', 'crypto', 'stream', 'events', 'timers'];
const CLIENT_NODE = '@kubernetes/client-node';

function layer(folder, { modules = [], folders = [] }) {
  const patterns = [
    ...folders.map((other) => ({ group: [`**/${other}/**`, `**/${other}`], message: `${folder} may not import ${other}` })),
    ...modules.map((name) => ({ group: [name], message: `${folder} may not import ${name}` })),
  ];
  return {
    files: [`src/${folder}/**/*.ts`],
    rules: { 'no-restricted-imports': ['error', { patterns }] },
  };
}

export default tseslint.config(
  { ignores: ['dist/**', 'out/**', '.tools/**', 'coverage/**', 'node_modules/**'] },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Typed reads (get<Backup>) name the caller's shape once, in the result.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
    },
  },
  layer('kubeblocks', { modules: ['vscode', CLIENT_NODE, ...NODE_IO], folders: ['manifest', 'kubernetes', 'operations', 'playground', 'cli', 'ui'] }),
  layer('manifest', { modules: ['vscode', CLIENT_NODE, ...NODE_IO], folders: ['kubernetes', 'operations', 'playground', 'cli', 'ui'] }),
  layer('kubernetes', { modules: ['vscode', CLIENT_NODE], folders: ['manifest', 'operations', 'playground', 'cli', 'ui'] }),
  layer('operations', { modules: ['vscode', CLIENT_NODE, ...NODE_IO], folders: ['manifest', 'playground', 'cli', 'ui'] }),
  layer('playground', { modules: ['vscode', CLIENT_NODE], folders: ['manifest', 'kubernetes', 'operations', 'cli', 'ui'] }),
  layer('cli', { modules: ['vscode', CLIENT_NODE], folders: ['ui'] }),
  layer('ui', { modules: [CLIENT_NODE], folders: ['playground', 'cli'] }),
  // A page in a browser of its own: neither VS Code nor Node is there.
  layer('ui/timeline/view', { modules: ['vscode', CLIENT_NODE, ...NODE_IO], folders: ['manifest', 'kubernetes', 'operations', 'playground', 'cli', 'commands', 'views'] }),
);
