import assert from 'node:assert/strict';
import { objectKey } from '../../src/kubeblocks/inventory';
import { databaseOf } from './support/databases';
import { Journey } from './support/journey';
import { prove } from './support/proof';
import { sharedNode } from './support/sharedNode';

const BASE = 'base-backup';
const LOG = 'archive-wal';

describe('the recovery window on a real node', () => {
  let journey: Journey;

  before(async () => {
    journey = await Journey.start(await sharedNode(), databaseOf('postgresql'));
  });
  after(() => journey.end());

  const proveAt = async (what: string, second: number): Promise<void> => {
    const { log: backup } = journey.borders();
    await prove(journey, LOG, what, { backup, restoreTime: second * 1000, states: journey.source.ledger.digestsAt(second, journey.database.instant) });
  };

  it('begins with the older of two bases, and loses what only that one reaches when it expires', async () => {
    await journey.startLog(LOG);
    const older = await journey.backUp(BASE, 'older', '3m');
    const between = await journey.writeOnce();
    const newer = await journey.backUp(BASE, 'newer');
    const later = await journey.writeOnce();
    await journey.untilRestorable(later);
    await proveAt('from an older base', between);
    await proveAt('from the newer of two bases', later);

    const { cut } = journey.window();
    const end = Date.parse(newer.backup.status?.timeRange?.end ?? '');
    assert.deepEqual([cut?.expiring.metadata.name, cut?.then], [older.backup.metadata.name, end]);
    await journey.product.until('the older base is gone', ({ backups }) => !backups.items.has(objectKey(journey.namespace, 'older')));
    assert.equal(journey.borders().first * 1000, end);
    await proveAt('at the first second after an expiry', end / 1000);
    assert.equal(journey.isRestorable(between), false);
  });

  it('begins after a gap in the log', async () => {
    const { log } = journey.borders();
    const before = await journey.writeOnce();
    await journey.untilRestorable(before);
    await journey.stopLog(log);
    // What nobody fetched is lost.
    await journey.source.run(`rm -r /data/wal-archive; PGPASSWORD="$POSTGRES_PASSWORD" psql --host=127.0.0.1 --username=postgres --command='select pg_switch_wal()'`);
    const lost = await journey.writeOnce();
    await journey.source.run(`PGPASSWORD="$POSTGRES_PASSWORD" psql --host=127.0.0.1 --username=postgres --command='select pg_switch_wal()'`);
    await journey.startLog(LOG);
    // A base that ends before the log begins anew belongs to what is lost.
    await journey.untilLogged(lost);
    await journey.backUp(BASE, 'after-gap');
    const after = await journey.writeOnce();
    await journey.untilRestorable(after);
    assert.deepEqual([journey.isRestorable(before), journey.isRestorable(lost)], [false, false]);
    await proveAt('after a gap in the log', after);
  });
});
