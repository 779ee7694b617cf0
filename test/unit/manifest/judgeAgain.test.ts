import assert from 'node:assert/strict';
import type { FactSource } from '../../../src/manifest/facts/facts';
import { judgeFile, judgeInTurns } from '../../../src/manifest/judgeFile';
import { readFile, updateFile, type ManifestFile } from '../../../src/manifest/manifestFile';
import type { Rule } from '../../../src/manifest/rules/rule';
import { dialectOf } from '../../support/manifestDialect';
import { clusterFacts } from '../../support/ruleFixtures';

const DP = 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\n';
const policy = (method: string): string => `${DP}kind: BackupPolicy\nmetadata: {name: p, namespace: shop}\nspec:\n  target: {podSelector: {strategy: Any, matchLabels: {a: b}}}\n  backupMethods:\n    - name: ${method}\n      snapshotVolumes: true\n      targetVolumes: {volumes: [data]}\n`;
const BACKUP = `${DP}kind: Backup\nmetadata: {name: b, namespace: shop}\nspec:\n  backupPolicyName: p\n  backupMethod: full\n`;
const REPOSITORY = `${DP}kind: BackupRepo\nmetadata: {name: r}\nspec: {storageProviderRef: pvc, pvReclaimPolicy: Retain, config: {}}\n`;

const cluster = (method: string): FactSource => clusterFacts(`${policy(method)}---\napiVersion: snapshot.storage.k8s.io/v1\nkind: VolumeSnapshotClass\nmetadata: {name: csi}\n`);
const found = (file: ManifestFile, facts: readonly FactSource[] = []): string[] => judgeFile(file, facts, dialectOf('1.0')).map(({ code }) => code);

describe('judging a file again', () => {
  it('sees what a change in one document means for another, and when it is taken back', () => {
    let file = readFile(`${policy('full')}---\n${BACKUP}`);
    assert.deepEqual(found(file), []);
    file = updateFile(file, file.text.replace('- name: full', '- name: whole'));
    assert.deepEqual(found(file), ['KB-B001']);
    file = updateFile(file, file.text.replace('- name: whole', '- name: full'));
    assert.deepEqual(found(file), []);
  });

  it('sees what a cluster has learned', () => {
    const file = readFile(BACKUP);
    assert.deepEqual(found(file, [cluster('full')]), []);
    assert.deepEqual(found(file, [cluster('whole')]), ['KB-B001']);
    assert.deepEqual(found(file), []);
  });

  it('asks the rules only about what changed and about who looked at it', () => {
    const asked: (string | undefined)[] = [];
    const rule: Rule = {
      code: 'KB-B999',
      severity: 'error',
      title: 'Rule that looks',
      lines: ['1.0'],
      kinds: ['Backup', 'BackupRepo', 'BackupPolicy'],
      check(context) {
        asked.push(context.object.kind);
        if (context.object.kind === 'Backup') context.find('BackupPolicy', 'p');
      },
    };
    const rules = [rule];
    const judged = (file: ManifestFile): (string | undefined)[] => {
      judgeFile(file, [], dialectOf('1.0'), { rules });
      return asked.splice(0);
    };
    let file = readFile(`${BACKUP}---\n${REPOSITORY}---\n${policy('full')}`);
    assert.deepEqual(judged(file), ['Backup', 'BackupRepo', 'BackupPolicy']);
    assert.deepEqual(judged(file), []);
    file = updateFile(file, file.text.replace('Retain', 'Delete'));
    assert.deepEqual(judged(file), ['BackupRepo']);
    file = updateFile(file, file.text.replace('- name: full', '- name: whole'));
    assert.deepEqual(judged(file), ['Backup', 'BackupPolicy']);
  });

  it('says the same in turns, lets others work, and stops when told', async () => {
    const text = Array.from({ length: 5 }, () => BACKUP.replace('full', 'on')).join('---\n');
    const file = readFile(text);
    let pauses = 0;
    const turn = (): Promise<void> => Promise.resolve(void (pauses += 1));
    assert.deepEqual(await judgeInTurns(file, [], dialectOf('1.0'), turn), judgeFile(file, [], dialectOf('1.0')));
    assert.equal(pauses, 5);
    await assert.rejects(judgeInTurns(readFile(text), [], dialectOf('1.0'), () => Promise.reject(new Error('stopped'))), /stopped/);
  });

  it('is not misled by a run that was interleaved with others', async () => {
    const file = readFile(`${BACKUP}---\n${BACKUP}`);
    const before = [cluster('full')];
    const after = [cluster('whole')];
    found(file, before);
    const interleaved = (): Promise<void> => Promise.resolve(void found(file, after));
    const findings = await judgeInTurns(file, before, dialectOf('1.0'), interleaved);
    assert.deepEqual(findings, []);
    assert.deepEqual(found(file, before), []);
    assert.deepEqual(found(file, after), ['KB-B001', 'KB-B001']);
  });
});
