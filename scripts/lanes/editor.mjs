import { runInExtensionHost } from '../workbench/extensionHost.mjs';

/**
 * Runs test/editor inside the real VS Code of the workbench.
 * @param {{ record: string, grep?: string }} options
 */
export function runEditorLane({ record, grep = '' }) {
  return runInExtensionHost({ suite: 'support/extensionHostSuite', record, env: { KUBEBLOCKS_TEST_GREP: grep } });
}
