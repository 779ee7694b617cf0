import { mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { ensureBundle } from './setup/bundle.mjs';
import { OUT, ROOT, say } from './setup/project.mjs';
import { runMain } from './setup/setupError.mjs';
import { packTighter } from './setup/tightZip.mjs';

/** `npm run package`: makes the platform-independent .vsix and prints its size. Links and pictures of the README lead to the repository. */
await runMain(async () => {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  await ensureBundle();
  const { name, version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const vsix = path.resolve(values.out ?? path.join(OUT, `${name}-${version}.vsix`));
  mkdirSync(path.dirname(vsix), { recursive: true });
  await createVSIX({ cwd: ROOT, packagePath: vsix, dependencies: false, allowMissingRepository: true });
  await packTighter(vsix);
  say(`${path.relative(ROOT, vsix)}: ${Math.ceil(statSync(vsix).size / 1024)} KB`);
});
