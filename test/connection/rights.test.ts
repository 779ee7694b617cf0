import assert from 'node:assert/strict';
import * as path from 'node:path';
import { KINDS } from '../../src/kubeblocks/kinds';
import { connect } from '../../src/kubernetes/clusterSession';
import { reviewRights } from '../../src/kubernetes/rights';
import type { ClusterSession } from '../../src/kubernetes/session';
import { systemClock } from '../../src/kubernetes/systemClock';
import { explainApiError } from '../../src/operations/explainApiError';
import { PLAYGROUND_CONTEXT, PLAYGROUND_NAMESPACE } from '../../src/playground/kubeconfig';
import { createPlayground, type Playground } from '../../src/playground/playground';
import { buildBackupSetsTree } from '../../src/ui/views/backupSetsTree';
import { buildClustersTree } from '../../src/ui/views/clustersTree';
import { buildRepositoriesTree } from '../../src/ui/views/repositoriesTree';
import type { TreeNode } from '../../src/ui/views/treeNode';
import { withRights } from '../../src/ui/views/withRights';
import { aBackup } from '../support/builders';
import { readKubeconfigText } from '../support/kubeconfigText';
import { RecordingLogger } from '../support/recordingLogger';
import { isEveryListKnown, seenAlike, seenLists, type SeenLists } from '../support/seenLists';
import { untilKnown } from '../support/untilKnown';

const ROOT = path.resolve(__dirname, '../..');
const HERE = `in ${PLAYGROUND_NAMESPACE}`;

/** What each user sees of each kind. */
const SEEN: Readonly<Record<string, SeenLists>> = {
  '': seenAlike('everywhere'),
  '-viewer': { ...seenAlike(HERE), clusters: 'may not list clusters', repos: 'may not list backuprepos', actionSets: 'may not list actionsets', opsRequests: 'may not list opsrequests' },
  '-developer': { ...seenAlike(HERE), repos: 'may not list backuprepos', actionSets: 'may not list actionsets' },
  '-nobody': {
    clusters: 'may not list clusters',
    backups: 'may not list backups',
    policies: 'may not list backuppolicies',
    schedules: 'may not list backupschedules',
    repos: 'may not list backuprepos',
    actionSets: 'may not list actionsets',
    restores: 'may not list restores',
    opsRequests: 'may not list opsrequests',
  },
};

/** What each user is offered on a line, and which rights the lines say are missing. */
const OFFERED: Readonly<Record<string, readonly string[]>> = {
  '': ['canBackUp', 'canDelete', 'canRestore'],
  '-viewer': [],
  '-developer': ['canBackUp', 'canDelete', 'canRestore'],
  '-nobody': [],
};

describe('A user of the playground', function () {
  this.timeout(60_000);
  let playground: Playground;
  const logger = new RecordingLogger();

  before(async () => {
    const folders = { schemasFolder: path.join(ROOT, 'schemas'), dataFolder: path.join(ROOT, 'src/playground') };
    playground = await createPlayground({ ...folders, line: '1.0', speed: 0, users: true, now: Date.UTC(2026, 0, 1) });
  });
  after(() => playground.close());

  Object.entries(SEEN).forEach(([suffix, expected]) => {
    describe(suffix === '' ? 'who administers it' : suffix.slice(1), () => {
      let session: ClusterSession;

      before(async () => {
        session = connect(readKubeconfigText(playground.kubeconfig), PLAYGROUND_CONTEXT + suffix, { logger, clock: systemClock, env: {} });
        await untilKnown(session, 'every kind is read or refused', isEveryListKnown);
      });
      after(() => session.dispose());

      it('sees what may be listed, and which verb and resource is missing for the rest', () => {
        assert.equal(session.inventory.connection.state, 'connected');
        assert.equal(session.inventory.line, '1.0');
        assert.deepEqual(seenLists(session.inventory), expected);
      });

      it('is told of each refusal by a line of the view, and by no message', () => {
        const refused = trees(session).filter(({ tokens = [] }) => tokens.includes('forbidden'));
        refused.forEach(({ permission }) => assert.equal(permission?.verb, 'list'));
        assert.equal(refused.length > 0, suffix !== '');
        assert.deepEqual(logger.errors, []);
        assert.ok(!logger.lines.some((line) => line.startsWith('warn')), logger.lines.join('\n'));
      });

      it('is offered what may be done, and told why the rest is not', async () => {
        const rights = await reviewRights(session.api, PLAYGROUND_NAMESPACE);
        const lines = withRights(trees(session), () => rights).flatMap(opened);
        assert.deepEqual([...new Set(lines.flatMap(({ tokens = [] }) => tokens))].filter((token) => /^can(BackUp|Delete|Restore)$/.test(token)).sort(), OFFERED[suffix]);
        const reasons = new Set(lines.flatMap(({ tooltip = '' }) => tooltip.match(/you may not [a-z]+ [a-z]+ in namespace/g) ?? []));
        assert.deepEqual([...reasons].filter((reason) => !reason.includes('list')).sort(), suffix === '-viewer' ? ['you may not create opsrequests in namespace', 'you may not delete backups in namespace', 'you may not patch backups in namespace'] : []);
      });

      it('is refused by the dry run with verb and resource, or allowed', async () => {
        const dryRun = session.api.create(KINDS.backup, { ...aBackup('mine', '09:00:00'), metadata: { name: 'mine', namespace: PLAYGROUND_NAMESPACE } }, { dryRun: true });
        if ((OFFERED[suffix] ?? []).length > 0) {
          assert.equal((await dryRun).object.metadata.name, 'mine');
        } else {
          const error = explainApiError(await dryRun.catch((reason: unknown) => reason), 'Backup mine could not be created');
          assert.equal(error.message, 'Backup mine could not be created: you may not create backups.dataprotection.kubeblocks.io in namespace playground. Ask an administrator for the right.');
          assert.equal(error.action?.kind, 'copyRole');
        }
      });

      it('agrees with what single reviews answer', async () => {
        const rights = await reviewRights(session.api, PLAYGROUND_NAMESPACE);
        for (const [verb, resource] of [['create', KINDS.backup], ['delete', KINDS.backup], ['create', KINDS.opsRequest], ['list', KINDS.backup]] as const) {
          assert.equal(rights(verb, resource), await session.api.canI(verb, resource, PLAYGROUND_NAMESPACE), `${verb} ${resource.plural}`);
        }
      });

      it('has no hand on the playground itself, but for the administrator', async () => {
        const asked = session.api.getPath('/playground/faults');
        await (suffix === '' ? asked : assert.rejects(asked, { name: 'ApiError' }));
      });
    });
  });
});

function trees({ inventory }: ClusterSession): readonly TreeNode[] {
  const time = { now: Date.UTC(2026, 0, 1), timeZone: 'UTC' };
  return [
    ...buildClustersTree(inventory, { pages: () => 1 }, time),
    ...buildBackupSetsTree(inventory, { groupBy: 'day', filter: '', pages: () => 1 }, time),
    ...buildRepositoriesTree(inventory, time),
  ];
}

function opened(node: TreeNode): readonly TreeNode[] {
  return [node, ...(node.children?.() ?? []).flatMap(opened)];
}
