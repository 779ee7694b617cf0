import type { Chapter } from '../chapter';
import { database, postgres, restoreFrom } from '../lineObjects';
import type { LineStage } from '../lineStage';
import { complete } from './backups';
import { withLog } from './operations';
import { logBackup } from './schedules';

const LINE = '1.2';
const RECORDINGS = ['12-spec-restore'];

function outcome(stage: LineStage, name: string): string | undefined {
  return stage.get('Cluster', name)?.status?.conditions?.find(({ type }) => type === 'Restore')?.status;
}

const withFull = (stage: LineStage): Promise<void> => complete(stage, 'full-1');

/** One that begins and comes to no end by itself. */
async function stuck(stage: LineStage, name: string, restore: object): Promise<void> {
  await stage.create(database(stage.dialect, name, { restore }));
  await stage.untilPhase('Cluster', name, 'Creating');
  await stage.pass(60_000);
}

export const RESTORES: readonly Chapter[] = [
  {
    line: LINE,
    name: '12-restore-by-spec',
    recordings: RECORDINGS,
    about: /\bsr-ok\b/,
    prepare: withFull,
    async tell(stage) {
      await stage.create(database(stage.dialect, 'sr-ok', { restore: restoreFrom('full-1') }));
      await stage.until('restored', () => outcome(stage, 'sr-ok') === 'True');
    },
  },
  {
    line: LINE,
    name: '12-restore-into-another-component',
    recordings: RECORDINGS,
    about: /\bsr-wrongcomp\b/,
    prepare: withFull,
    async tell(stage) {
      await stage.create(database(stage.dialect, 'sr-wrongcomp', { component: 'db', restore: restoreFrom('full-1') }));
      await stage.until('restored, and empty', () => outcome(stage, 'sr-wrongcomp') === 'True');
    },
  },
  { line: LINE, name: '12-restore-from-no-such-kind', recordings: RECORDINGS, about: /\bsr-kind\b/, prepare: withFull, tell: (stage) => stuck(stage, 'sr-kind', restoreFrom('full-1', {}, 'Backups')) },
  { line: LINE, name: '12-restore-of-no-backup', recordings: RECORDINGS, about: /\bsr-nobackup\b/, tell: (stage) => stuck(stage, 'sr-nobackup', restoreFrom('nobackup')) },
  {
    line: LINE,
    name: '12-restore-to-a-time-with-an-offset',
    recordings: RECORDINGS,
    about: /\bsr-pitr-offset\b/,
    prepare: async (stage) => {
      await withLog(stage);
    },
    tell: async (stage) => stuck(stage, 'sr-pitr-offset', restoreFrom(await logBackup(stage), { pitr: stage.now().replace('Z', '+00:00') })),
  },
  {
    line: LINE,
    name: '12-restore-by-annotation',
    recordings: RECORDINGS,
    about: /\bsr-annotation\b/,
    prepare: withFull,
    async tell(stage) {
      const annotations = { 'kubeblocks.io/restore-from-backup': JSON.stringify({ mysql: { name: 'full-1', namespace: 'demo' } }) };
      await stage.create(database(stage.dialect, 'sr-annotation', { annotations }));
      await stage.untilPhase('Cluster', 'sr-annotation', 'Running');
    },
  },
  {
    line: LINE,
    name: '12-restore-into-another-namespace',
    recordings: RECORDINGS,
    about: /\bsr-xns\b/,
    prepare: withFull,
    async tell(stage) {
      await stage.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } });
      await stage.create(database(stage.dialect, 'sr-xns', { namespace: 'other', restore: restoreFrom('full-1') }));
      await stage.untilPhase('Cluster', 'sr-xns', 'Running');
    },
  },
  {
    line: LINE,
    name: '12-restore-from-a-snapshot',
    recordings: RECORDINGS,
    about: /\brestored-pg\b/,
    async prepare(stage) {
      await stage.create(postgres(stage.dialect, 'pgcluster'));
      await stage.untilPhase('Cluster', 'pgcluster', 'Running');
      await stage.untilPhase('BackupPolicy', 'pgcluster-postgresql-backup-policy', 'Available');
      await complete(stage, 'pgsnap-1', 'volume-snapshot', { backupPolicyName: 'pgcluster-postgresql-backup-policy' });
    },
    async tell(stage) {
      await stage.create(postgres(stage.dialect, 'restored-pg', restoreFrom('pgsnap-1', { parameters: { 'dataprotection.kubeblocks.io/volume-restore-policy': 'Parallel' } })));
      await stage.untilPhase('Cluster', 'restored-pg', 'Running');
    },
  },
];
