import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../support/editor';

interface StandIn {
  schemaOf(resource: string): string | undefined;
  contentOf(uri: string): string | undefined;
}

const BACKUP = 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: Backup\nmetadata:\n  name: a\n  namespace: b\nspec:\n  backupPolicyName: p\n  backupMethod: m\n  retentionPeriod: 7 days\n';
const BROKEN = `${BACKUP}  - "no end\n`;

describe('Beside the YAML extension', function () {
  this.timeout(60_000);
  let yaml: StandIn;

  before(async () => {
    const extension = vscode.extensions.getExtension<StandIn>('redhat.vscode-yaml');
    assert.ok(extension, 'the stand-in is not installed');
    yaml = await extension.activate();
  });

  const open = async (content: string): Promise<vscode.TextDocument> => vscode.workspace.openTextDocument({ language: 'yaml', content });
  const codes = ({ uri }: vscode.TextDocument): readonly string[] => vscode.languages.getDiagnostics(uri).map(({ code }) => (typeof code === 'object' ? String(code.value) : ''));
  const schemaOf = ({ uri }: vscode.TextDocument): string | undefined => yaml.schemaOf(uri.toString());

  it('takes manifests of KubeBlocks over from its schemas, by one that finds and offers nothing', async () => {
    const document = await open(BACKUP);
    await eventually('the schema is ours', () => schemaOf(document)?.startsWith('kubeblocks:') === true);
    const schema = JSON.parse(yaml.contentOf(schemaOf(document) ?? '') ?? '') as Record<string, unknown>;
    assert.match(String(schema['title']), /^KubeBlocks 1\.\d$/);
    for (const keyword of ['properties', 'required', 'additionalProperties', 'type', 'enum', 'oneOf', 'anyOf', 'allOf', 'patternProperties', 'items']) {
      assert.ok(!(keyword in schema), keyword);
    }
    await eventually('our problems are shown', () => codes(document).includes('KB-S002'));
  });

  it('leaves every other YAML to it', async () => {
    const pod = await open('apiVersion: v1\nkind: Pod\nmetadata:\n  name: kubeblocks.io\n');
    assert.equal(schemaOf(pod), undefined);
    assert.equal(yaml.schemaOf('file:///nowhere.yaml'), undefined);
  });

  it('leaves faults of YAML itself to it, unless it is told not to look for them', async () => {
    const document = await open(BROKEN);
    await eventually('our problems are shown', () => codes(document).includes('KB-S002'));
    assert.deepEqual(codes(document).filter((code) => code.startsWith('syntax/')), []);
    const settings = vscode.workspace.getConfiguration('yaml');
    try {
      await settings.update('validate', false, vscode.ConfigurationTarget.Global);
      await eventually('we say it', () => codes(document).some((code) => code.startsWith('syntax/')));
    } finally {
      await settings.update('validate', undefined, vscode.ConfigurationTarget.Global);
    }
    await eventually('it is left again', () => !codes(document).some((code) => code.startsWith('syntax/')));
  });

  it('leaves the outline to it', async () => {
    const document = await open(BACKUP);
    await eventually('our problems are shown', () => codes(document).includes('KB-S002'));
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>('vscode.executeDocumentSymbolProvider', document.uri);
    assert.deepEqual(symbols ?? [], []);
  });

  it('completes as it does alone', async () => {
    const document = await open(BACKUP.replace('  retentionPeriod: 7 days\n', '  ret'));
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, document.positionAt(document.getText().length));
    assert.equal(items.filter(({ label }) => label === 'retentionPeriod').length, 1);
  });
});
