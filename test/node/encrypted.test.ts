import { loadBackup } from '../../src/operations/restore';
import { ahead } from '../cluster/support/ahead';
import { atOnce } from './support/atOnce';
import { databaseOf, type Database } from './support/databases';
import { Journey } from './support/journey';
import { assertEncrypted, prove } from './support/proof';
import { sharedNode } from './support/sharedNode';

/** Of the engines that move their bytes into a repository: a full backup, and the log. */
const ENGINES: readonly { readonly name: Database['name']; readonly full: string; readonly log: string }[] = [
  { name: 'postgresql', full: 'base-backup', log: 'archive-wal' },
  { name: 'redis', full: 'dump', log: 'append-only-log' },
  { name: 'mariadb', full: 'physical', log: 'binary-log' },
];

describe('what is encrypted on a real node', () => {
  const journeys: Journey[] = [];
  let outcome: (name: string) => Promise<void>;

  before(() => {
    outcome = ahead(new Map(ENGINES.map((engine) => [engine.name, () => come(engine)])), ENGINES.length);
  });
  after(async () => {
    for (const journey of journeys) await journey.end();
  });

  for (const { name, full, log } of ENGINES) {
    it(`comes back of ${name} by ${full}, and as it was at a second of ${log}`, () => outcome(name));
  }

  async function come({ name, full, log }: (typeof ENGINES)[number]): Promise<void> {
    const journey = await Journey.start(await sharedNode(), databaseOf(name));
    journeys.push(journey);
    await journey.encrypt('a pass phrase of the test');
    await journey.startLog(log);
    const taken = await journey.backUp(full, 'encrypted');
    assertEncrypted(taken.backup);
    const written = await journey.writeOnce();
    await journey.untilRestorable(written);
    const backup = await loadBackup(journey.product.deps, journey.namespace, journey.logAt(written));
    assertEncrypted(backup);
    await atOnce([
      () => prove(journey, full, 'encrypted', taken),
      () => prove(journey, log, 'encrypted', { backup, restoreTime: written * 1000, states: journey.source.ledger.digestsAt(written, journey.database.instant) }),
    ]);
  }
});
