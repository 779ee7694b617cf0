import assert from 'node:assert/strict';
import { planBackup, type BackupPlan } from '../../../src/kubeblocks/backupPlan';
import { KINDS } from '../../../src/kubeblocks/kinds';
import type { Backup } from '../../../src/kubeblocks/objects';
import { backUpSeveral, type BatchOptions, type BatchOutcome } from '../../../src/operations/backUpSeveral';
import { Submissions } from '../../../src/operations/submissions';
import { anInventory, aPolicy, aRepo, NAMESPACE, NOW, postgresActionSets } from '../../support/builders';
import { testDeps, type TestDeps } from '../../support/operationDeps';

const inventory = anInventory({ policies: [aPolicy()], repos: [aRepo()], actionSets: postgresActionSets() });
const plan = (name: string): BackupPlan => planBackup(inventory, { policy: aPolicy(), method: 'pg-basebackup', name, deletionPolicy: 'Delete' }, NOW);
const plans = ['one', 'two', 'three', 'four'].map(plan);

/** Every backup that is there ends so at the next pause. */
function stage(endOf: (name: string) => string = () => 'Completed'): { deps: TestDeps; most: () => number } {
  let most = 0;
  const deps: TestDeps = testDeps(() => {
    const running = plans.flatMap(({ object }) => deps.api.read(KINDS.backup, object.metadata.name, NAMESPACE) ?? []).filter((backup) => (backup as unknown as Backup).status?.phase === undefined);
    most = Math.max(most, running.length);
    const [first] = running;
    if (first !== undefined) {
      deps.api.put(KINDS.backup, { ...first, status: { phase: endOf(first.metadata.name), failureReason: 'no space left on device' } } as Backup);
    }
  });
  return { deps, most: () => most };
}

const run = (deps: TestDeps, options: Partial<BatchOptions> = {}): Promise<readonly BatchOutcome[]> => backUpSeveral(deps, new Submissions(deps), plans, { limit: 2, ...options });
const kinds = (outcomes: readonly BatchOutcome[]): readonly string[] => outcomes.map(({ plan: { object }, kind }) => `${object.metadata.name} ${kind}`);

describe('backUpSeveral', () => {
  for (const limit of [1, 2, 9]) {
    it(`runs at most ${limit} together`, async () => {
      const { deps, most } = stage();
      assert.deepEqual(kinds(await run(deps, { limit })), ['one completed', 'two completed', 'three completed', 'four completed']);
      assert.equal(most(), Math.min(limit, plans.length));
    });
  }

  it('goes on past one that fails and one that is refused', async () => {
    const { deps } = stage((name) => (name === 'one' ? 'Failed' : 'Completed'));
    deps.api.put(KINDS.backup, { ...plan('two').object, metadata: { ...plan('two').object.metadata, uid: 'of somebody else' } });
    const outcomes = await run(deps);
    assert.deepEqual(kinds(outcomes), ['one failed', 'two notCreated', 'three completed', 'four completed']);
    assert.match(outcomes[1]?.kind === 'notCreated' ? outcomes[1].error.message : '', /^Backup two could not be created: a Backup of this name exists in payments/);
  });

  it('begins no further one once cancelled, and leaves alone those that run', async () => {
    const { deps } = stage();
    const stop = new AbortController();
    const outcomes = await run(deps, { signal: stop.signal, onProgress: (_ended, running) => running.length === 2 && stop.abort() });
    assert.deepEqual(kinds(outcomes), ['one stoppedWaiting', 'two stoppedWaiting', 'three notStarted', 'four notStarted']);
    assert.ok(deps.api.read(KINDS.backup, 'one', NAMESPACE));
  });
});
