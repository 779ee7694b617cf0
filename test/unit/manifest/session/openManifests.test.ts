import assert from 'node:assert/strict';
import { OpenManifests } from '../../../../src/manifest/session/openManifests';
import { isYaml, mentionsKubeBlocks, type TextDocument } from '../../../../src/manifest/session/manifestText';

function documentWith(text: string, { version = 1, scheme = 'file', languageId = 'yaml' } = {}): TextDocument {
  return { uri: { scheme, toString: () => `${scheme}:///a.yaml` }, languageId, version, getText: () => text };
}

const BACKUP = 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: Backup\nmetadata:\n  name: one\n';

const URI = 'file:///a.yaml';

describe('Open manifests', () => {
  it('are YAML texts of files, new documents and virtual workspaces, not the read-only ones', () => {
    assert.deepEqual(['file', 'untitled', 'vscode-vfs', 'kubeblocks-backup', 'git', 'output'].filter((scheme) => isYaml(documentWith('', { scheme }))), ['file', 'untitled', 'vscode-vfs']);
    assert.equal(isYaml(documentWith('', { languageId: 'dockercompose' })), false);
  });

  it('are known by a word', () => {
    assert.equal(mentionsKubeBlocks(BACKUP), true);
    assert.equal(mentionsKubeBlocks('apiVersion: v1\nkind: Pod\n'), false);
  });

  it('are read once a version, and keep the documents that did not change', () => {
    const files = new OpenManifests();
    const first = files.fileOf(URI, documentWith(`${BACKUP}---\n${BACKUP}`));
    assert.equal(files.fileOf(URI, documentWith('never read', { version: 1 })), first);
    const second = files.fileOf(URI, documentWith(`${BACKUP}---\n${BACKUP}# more\n`, { version: 2 }));
    assert.equal(second.documents[0]?.document, first.documents[0]?.document);
    assert.notEqual(second.documents[1]?.document, first.documents[1]?.document);
  });

  it('are read in turns when they are long, to the same end', async () => {
    const text = `${BACKUP}---\n`.repeat(1_000);
    let asked = 0;
    const turn = (): Promise<void> | undefined => (++asked % 100 === 0 ? Promise.resolve() : undefined);
    const inTurns = await new OpenManifests().open(URI, documentWith(text), turn);
    assert.ok(asked >= 1_000);
    const atOnce = new OpenManifests().fileOf(URI, documentWith(text));
    assert.deepEqual(inTurns.documents.map(({ start, document }) => [start, document.text]), atOnce.documents.map(({ start, document }) => [start, document.text]));
  });

  it('are read once for all who ask meanwhile, also where who began it gives up', async () => {
    const files = new OpenManifests();
    const document = documentWith(`${BACKUP}---\n`.repeat(1_000));
    let asked = 0;
    const turn = (): Promise<void> => ((asked += 1), Promise.resolve());
    const [first, second] = await Promise.all([files.open(URI, document, turn), files.open(URI, document, turn)]);
    assert.equal(first, second);
    assert.equal(asked, first.documents.length);

    const others = new OpenManifests();
    const givenUp = others.open(URI, document, () => Promise.reject(new Error('changed')));
    const goesOn = others.open(URI, document, turn);
    await assert.rejects(givenUp, /changed/);
    assert.equal((await goesOn).documents.length, first.documents.length);
  });

  it('are as they are now when they were typed in while they were read', async () => {
    const files = new OpenManifests();
    const long = `${BACKUP}---\n`.repeat(1_000);
    const typed = { uri: { scheme: 'file', toString: () => URI }, languageId: 'yaml', version: 1, text: long, getText: (): string => typed.text };
    const file = await files.open(URI, typed, () => {
      if (typed.version === 1) Object.assign(typed, { version: 2, text: `${long}# more\n` });
      return undefined;
    });
    assert.equal(file.text, typed.text);
  });

  it('are given up when they changed meanwhile', async () => {
    const files = new OpenManifests();
    await assert.rejects(files.open(URI, documentWith(`${BACKUP}---\n`.repeat(1_000)), () => Promise.reject(new Error('changed'))), /changed/);
    assert.equal(files.known(URI), undefined);
  });
});
