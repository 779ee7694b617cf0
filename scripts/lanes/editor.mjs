import path from 'node:path';
import { ROOT } from '../setup/project.mjs';
import { runInExtensionHost } from '../workbench/extensionHost.mjs';

/**
 * Runs test/editor inside the real VS Code of the workbench.
 * @param {{ record: string, grep?: string }} options
 */
export function runEditorLane({ record, grep = '' }) {
  return runInExtensionHost({ suite: 'support/extensionHostSuite', record, env: { KUBEBLOCKS_TEST_GREP: grep } });
}

/**
 * Runs test/beside the same way, beside a stand-in for Red Hat's YAML extension.
 * @param {{ record: string, grep?: string }} options
 */
export function runBesideLane({ record, grep = '' }) {
  return runInExtensionHost({
    suite: 'support/extensionHostSuite',
    record,
    env: { KUBEBLOCKS_TEST_GREP: grep, KUBEBLOCKS_TEST_FOLDER: 'beside' },
    installed: [path.join(ROOT, 'test', 'beside', 'redhat.vscode-yaml')],
  });
}
