import { readdirSync } from 'node:fs';
import path from 'node:path';
import { recordRun } from './recordRun';

/**
 * What VS Code calls inside its extension host (`extensionTestsPath`), on a desktop and on the workbench alike.
 * Runs every bundled `*.test.js` of test/editor, or of the folder that `KUBEBLOCKS_TEST_FOLDER` names, and leaves a record in `KUBEBLOCKS_TEST_RECORD`.
 */
export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, reporter: 'min', color: false });
  const grep = process.env['KUBEBLOCKS_TEST_GREP'];
  if (grep) mocha.grep(grep);
  for (const file of testFiles(path.join(__dirname, '..', process.env['KUBEBLOCKS_TEST_FOLDER'] ?? 'editor'))) mocha.addFile(file);
  await mocha.loadFilesAsync();
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    const record = process.env['KUBEBLOCKS_TEST_RECORD'];
    if (record) recordRun(runner, record);
  });
  if (failures > 0) throw new Error(`${failures} editor tests failed`);
}

function testFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.js'))
    .sort()
    .map((name) => path.join(folder, name));
}
