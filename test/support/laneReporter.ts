import Mocha from 'mocha';
import { recordRun } from './recordRun';

/** mocha's dots, and a record for the runner that counts over all lanes (`KUBEBLOCKS_TEST_RECORD`: a file). */
export default class LaneReporter extends Mocha.reporters.Dot {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const file = process.env['KUBEBLOCKS_TEST_RECORD'];
    if (file) recordRun(runner, file);
  }
}
