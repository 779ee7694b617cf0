import assert from 'node:assert/strict';
import * as path from 'node:path';
import { inspect } from 'node:util';
import { parse } from 'yaml';
import { PLAYGROUND_CONTEXT, PLAYGROUND_NAMESPACE as NAMESPACE } from '../../src/playground/kubeconfig';
import { createPlayground, type Playground } from '../../src/playground/playground';
import { RESOURCES } from '../../src/playground/resources';
import { connect } from '../../src/kubernetes/clusterSession';
import type { ClusterSession } from '../../src/kubernetes/session';
import { systemClock } from '../../src/kubernetes/systemClock';
import { secretsNamedIn } from '../../src/manifest/assist/secretsNamedIn';
import { inventoryFacts } from '../../src/manifest/facts/inventoryFacts';
import { judgeFile } from '../../src/manifest/judgeFile';
import { readFile } from '../../src/manifest/manifestFile';
import { NamedSecrets } from '../../src/manifest/session/namedSecrets';
import { secretReader } from '../../src/operations/secretKeys';
import { FaultProxy } from '../support/faultProxy';
import { readKubeconfigText } from '../support/kubeconfigText';
import { dialectOf } from '../support/manifestDialect';
import { RecordingLogger } from '../support/recordingLogger';
import { isEveryListKnown } from '../support/seenLists';
import { untilKnown } from '../support/untilKnown';

const ROOT = path.resolve(__dirname, '../..');
const MARKER = 'marker-of-a-value';
const SECRETS = `/api/v1/namespaces/${NAMESPACE}/secrets`;

const policy = (secret: string, key: string): string => `apiVersion: dataprotection.kubeblocks.io/v1alpha1
kind: BackupPolicy
metadata: {name: of-${secret}-${key}, namespace: ${NAMESPACE}}
spec:
  target: {podSelector: {matchLabels: {app: by-hand}}}
  backupMethods: [{name: m, snapshotVolumes: true, targetVolumes: {volumes: [data]}}]
  encryptionConfig: {algorithm: AES-256-CFB, passPhraseSecretKeyRef: {name: ${secret}, key: ${key}}}
`;
const FILE = readFile([policy('phrase', 'word'), policy('phrase', 'other'), policy('gone', 'word')].join('---\n'));
const NAMED = secretsNamedIn(FILE.documents.flatMap(({ document }) => document.objects));

/** What each user may know of the Secrets in the namespace. */
const ALLOWED: Readonly<Record<string, boolean>> = { '': true, '-viewer': false, '-developer': false, '-nobody': false };

describe('The Secrets that manifests name, in a connected cluster', function () {
  this.timeout(120_000);
  let playground: Playground;
  before(async () => {
    playground = await createPlayground({ schemasFolder: path.join(ROOT, 'schemas'), dataFolder: path.join(ROOT, 'src/playground'), line: '1.0', speed: 0, users: true, now: Date.UTC(2026, 0, 1) });
    playground.store.create(RESOURCES.secret, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'phrase', namespace: NAMESPACE }, type: 'Opaque', data: { word: Buffer.from(MARKER).toString('base64') } });
  });
  after(() => playground.close());

  Object.entries(ALLOWED).forEach(([suffix, isAllowed]) => {
    describe(`to playground${suffix}`, () => {
      const logger = new RecordingLogger();
      const asked: string[] = [];
      let proxy: FaultProxy;
      let session: ClusterSession;
      let secrets: NamedSecrets;

      before(async () => {
        const { users } = parse(playground.kubeconfig) as { readonly users: readonly { readonly name: string; readonly user: { readonly token: string } }[] };
        const token = suffix === '' ? playground.token : users.find(({ name }) => name === PLAYGROUND_CONTEXT + suffix)?.user.token;
        assert.ok(token !== undefined);
        proxy = await FaultProxy.start(playground);
        proxy.onRequest = ({ method, path: of }) => of.includes('/secrets') && asked.push(`${method} ${of}`);
        session = connect(readKubeconfigText(proxy.kubeconfig(token, NAMESPACE)), 'proxied', { logger, clock: systemClock, env: {} });
        const reader = secretReader({ api: session.api, logger }, session.context);
        secrets = new NamedSecrets({ reader: () => reader, now: () => 0, logger });
        await untilKnown(session, 'every kind is read or refused', isEveryListKnown);
      });
      after(async () => {
        secrets.dispose();
        session.dispose();
        await proxy.close();
      });

      it('are not asked for by connecting', () => assert.deepEqual(asked, []));

      it(isAllowed ? 'are asked for once each, and missing ones are said' : 'are asked for once each, and nothing is said of what may not be read', async () => {
        await Promise.all([secrets.want(NAMED), secrets.want(NAMED)]);
        await secrets.want(NAMED);
        assert.deepEqual([...asked].sort(), [`GET ${SECRETS}/gone`, `GET ${SECRETS}/phrase`]);
        const facts = [inventoryFacts(session.inventory), ...(secrets.source === undefined ? [] : [secrets.source])];
        const found = judgeFile(FILE, facts, dialectOf('1.0')).flatMap(({ code, message }) => (code === 'KB-P010' ? [message] : []));
        assert.deepEqual(
          found,
          isAllowed
            ? ['Secret phrase in cluster proxied has no key other (it has word): every backup with this policy fails.', 'There is no Secret gone in the namespace of the policy in cluster proxied: every backup with it fails.']
            : [],
        );
      });

      it('are listed by their metadata alone', async () => {
        asked.splice(0);
        const names = await secrets.namesIn(NAMESPACE);
        await secrets.namesIn(NAMESPACE);
        assert.deepEqual(asked, [`GET ${SECRETS}?limit=250&fieldSelector=type%3DOpaque`]);
        assert.equal(names?.list('Secret', NAMESPACE)?.facts.some(({ object }) => object.metadata.name === 'phrase'), isAllowed ? true : undefined);
      });

      it('leave no value in what is kept or logged', () => {
        const kept = inspect([secrets, session.inventory, secrets.source?.list('Secret', NAMESPACE)], { depth: 8, maxArrayLength: null, maxStringLength: null });
        for (const text of [kept, ...logger.lines]) assert.ok(!text.includes(MARKER) && !text.includes(Buffer.from(MARKER).toString('base64')));
        assert.equal(kept.includes("word: ''"), isAllowed);
        assert.deepEqual(logger.lines.filter((line) => /^(?:warn|error)/.test(line)), []);
      });
    });
  });
});
