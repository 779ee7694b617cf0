import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionInternals } from '../../src/ui/internals';
import { eventually, openSideBar } from '../support/editor';
import { editorTarget } from '../support/editorTarget';
import { ScriptedPrompts } from '../support/scriptedPrompts';

const { context: CONTEXT, repository: REPOSITORY } = editorTarget();

describe('the Secrets of the connected cluster in VS Code', function () {
  this.timeout(60_000);
  let internals: ExtensionInternals;
  let secret: { readonly name: string; readonly namespace: string };

  before(async () => {
    internals = await openSideBar();
    const { name, namespace } = [...(internals.inventory()?.repos.items.values() ?? [])].find(({ metadata }) => metadata.name === REPOSITORY)?.spec?.credential ?? {};
    assert.ok(name !== undefined && namespace !== undefined, `${REPOSITORY} has credentials`);
    secret = { name, namespace };
  });
  afterEach(() => internals.answerWith(undefined));

  const repository = (name: string, provider = 's3'): string => `apiVersion: dataprotection.kubeblocks.io/v1alpha1
kind: BackupRepo
metadata:
  name: by-hand
spec:
  storageProviderRef: ${provider}
  accessMethod: Tool
  pvReclaimPolicy: Retain
  config:
    ${provider === 'azureblob' ? 'container: b' : 'bucket: b'}
  credential:
    namespace: ${secret.namespace}
    name: ${name}
`;
  const policy = (key: string): string => `apiVersion: dataprotection.kubeblocks.io/v1alpha1
kind: BackupPolicy
metadata:
  name: by-hand
  namespace: ${secret.namespace}
spec:
  target:
    podSelector:
      matchLabels:
        app: by-hand
  backupMethods:
    - name: snap
      snapshotVolumes: true
      targetVolumes:
        volumes: [data]
  encryptionConfig:
    algorithm: AES-256-CFB
    passPhraseSecretKeyRef:
      name: ${secret.name}
      key: ${key}
`;
  const open = (content: string): Thenable<vscode.TextDocument> => vscode.workspace.openTextDocument({ language: 'yaml', content });
  /** What a code says, with the text it stands at. */
  const said = (document: vscode.TextDocument, wanted: string): readonly (readonly [string, string])[] =>
    vscode.languages.getDiagnostics(document.uri).flatMap(({ code, range, message }) => (typeof code === 'object' && code.value === wanted ? [[document.getText(range), message] as const] : []));
  const replace = async (document: vscode.TextDocument, from: string, to: string): Promise<void> => {
    const at = document.getText().lastIndexOf(from);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)), to);
    assert.equal(await vscode.workspace.applyEdit(edit), true);
  };
  const offered = async (document: vscode.TextDocument): Promise<readonly (readonly [string, string | undefined])[]> => {
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, document.positionAt(document.getText().length - 1));
    return items.map(({ label, detail }) => [typeof label === 'string' ? label : label.label, detail] as const);
  };

  it('are missed where a repository names one that is not there, until it names one that is', async () => {
    const document = await open(repository('not-there'));
    await eventually('it is missed', () => said(document, 'KB-R006').length > 0);
    assert.deepEqual(said(document, 'KB-R006'), [['not-there', `There is no Secret not-there in namespace ${secret.namespace} in cluster ${CONTEXT}: the repository stays Failed until there is.`]]);
    await replace(document, 'not-there', secret.name);
    await eventually('nothing is missed', () => said(document, 'KB-R006').length === 0);
  });

  it('are asked for the keys that a storage provider needs', async () => {
    const document = await open(repository(secret.name, 'azureblob'));
    await eventually('both are missed', () => said(document, 'KB-O001').length === 2);
    assert.deepEqual(said(document, 'KB-O001').map(([at, message]) => [at, /needs (\w+), which belongs into the Secret/.exec(message)?.[1]]), [['credential', 'accountName'], ['credential', 'accountKey']]);
  });

  it('are asked for the key of a pass phrase', async () => {
    const document = await open(policy('phrase'));
    await eventually('it is missed', () => said(document, 'KB-P010').length > 0);
    const [[at, message] = []] = said(document, 'KB-P010');
    assert.equal(at, 'phrase');
    assert.match(message ?? '', new RegExp(`^Secret ${secret.name} in cluster ${CONTEXT} has no key phrase \\(it has .*accessKeyId`));
    await replace(document, 'phrase', 'accessKeyId');
    await eventually('nothing is missed', () => said(document, 'KB-P010').length === 0);
  });

  it('are offered by their names, and by their keys, and it is said where they are from', async () => {
    const named = await open(repository('obj'));
    assert.deepEqual((await offered(named)).filter(([label]) => label === secret.name), [[secret.name, `cluster ${CONTEXT}`]]);
    const keyed = await open(policy('a'));
    await eventually('its keys are known', async () => (await offered(keyed)).some(([label, detail]) => label === 'accessKeyId' && detail === `cluster ${CONTEXT}`));
  });

  it('are looked for before anything is applied', async () => {
    const prompts = new ScriptedPrompts();
    internals.answerWith(prompts);
    await vscode.window.showTextDocument(await open(repository('not-there-either')));
    await vscode.commands.executeCommand('kubeblocksBackup.applyManifest');
    assert.match(prompts.told[0]?.message ?? '', /^Nothing was applied: .*There is no Secret not-there-either/s);
  });
});
