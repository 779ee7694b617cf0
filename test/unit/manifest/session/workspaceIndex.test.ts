import assert from 'node:assert/strict';
import { readFile, type ManifestFile } from '../../../../src/manifest/manifestFile';
import { WorkspaceIndex } from '../../../../src/manifest/session/workspaceIndex';

const policy = (name: string): string => `apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: BackupPolicy\nmetadata:\n  name: ${name}\n`;

describe('The manifests of a workspace', () => {
  let texts: Map<string, string>;
  let open: Map<string, ManifestFile>;
  let limit: number | undefined;
  let index: WorkspaceIndex;

  beforeEach(() => {
    texts = new Map([['a.yaml', policy('a')], ['b.yaml', policy('b')], ['pod.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n']]);
    open = new Map();
    index = new WorkspaceIndex(
      {
        find: (most) => {
          limit = most;
          return Promise.resolve([...texts.keys()]);
        },
        read: (uri, maxBytes) => Promise.resolve((texts.get(uri)?.length ?? Infinity) > maxBytes ? undefined : texts.get(uri)),
        nameOf: (uri) => `manifests/${uri}`,
      },
      () => [...open],
    );
  });

  const names = (own: string): readonly string[] => index.factsFor(own).flatMap(({ list }) => list('BackupPolicy', undefined)?.facts.map(({ object }) => object.metadata.name) ?? []);
  const scan = (): Promise<void> => index.scan(new AbortController().signal);

  it('know each other, not themselves, and never for certain', async () => {
    await scan();
    assert.deepEqual([names('a.yaml'), names('b.yaml'), names('new.yaml')], [['b'], ['a'], ['a', 'b']]);
    const list = index.factsFor('a.yaml')[0]?.list('BackupPolicy', undefined);
    assert.equal(list?.complete, false);
    assert.deepEqual(list.facts[0]?.origin, { kind: 'workspace', name: 'manifests/b.yaml' });
  });

  it('count as an editor holds them before they are saved', async () => {
    await scan();
    open.set('b.yaml', readFile(policy('b-typed')));
    assert.deepEqual(names('a.yaml'), ['b-typed']);
    assert.equal(index.fileOf('b.yaml'), open.get('b.yaml'));
    open.delete('b.yaml');
    assert.deepEqual(names('a.yaml'), ['b']);
  });

  it('follow what is saved, and what is deleted', async () => {
    await scan();
    texts.set('b.yaml', policy('b2'));
    await index.update('b.yaml');
    assert.deepEqual(names('a.yaml'), ['b2']);
    texts.set('b.yaml', 'nothing of ours');
    await index.update('b.yaml');
    assert.deepEqual(names('a.yaml'), []);
    await index.update('a.yaml');
    index.remove('a.yaml');
    assert.deepEqual(names('c.yaml'), []);
  });

  it('are worked out anew only when one of the others changed', async () => {
    await scan();
    const before = index.factsFor('a.yaml');
    open.set('a.yaml', readFile(policy('a-typed')));
    assert.equal(index.factsFor('a.yaml'), before);
    open.set('b.yaml', readFile(policy('b-typed')));
    assert.notEqual(index.factsFor('a.yaml'), before);
  });

  it('are no facts where a kustomization names them as patches, as long as it does', async () => {
    const kustomization = 'file:///w/prod/kustomization.yaml';
    const patch = 'file:///w/prod/policy.yaml';
    texts.set(patch, policy('patch'));
    texts.set(kustomization, 'patches: [{path: policy.yaml}]\n');
    await scan();
    assert.deepEqual([names('a.yaml'), index.kustomized(patch).isPatch], [['b'], true]);
    texts.set(kustomization, 'resources: [policy.yaml]\n');
    await index.update(kustomization);
    assert.deepEqual([names('a.yaml'), index.kustomized(patch).isPatch], [['b', 'patch'], false]);
    texts.set(kustomization, 'patches: [path: policy.yaml]\n');
    await index.update(kustomization);
    assert.equal(index.kustomized(patch).isPatch, true);
    index.remove(kustomization);
    assert.equal(index.kustomized(patch).isPatch, false);
    assert.ok(index.filesBut('a.yaml').some(({ uri }) => uri === patch));
  });

  it('are bounded in number and in length', async () => {
    texts.set('huge.yaml', policy('huge') + '#'.repeat(1_000_000));
    await scan();
    assert.equal(limit, 2_000);
    assert.deepEqual(names('new.yaml'), ['a', 'b']);
  });

  it('are read no further once nobody wants them', async () => {
    await index.scan(AbortSignal.abort());
    assert.deepEqual(names('new.yaml'), []);
  });
});
