import Mocha from 'mocha';
import { recordRun } from './recordRun';

/** mocha's tree with how long each test took, and a record for the runner that counts (`KUBEBLOCKS_TEST_RECORD`: a file). */
export default class TimesReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const file = process.env['KUBEBLOCKS_TEST_RECORD'];
    if (file) recordRun(runner, file);
  }
}
