import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { COMMANDS } from '../../src/ui/commands/commandTable';
import { openLineCommand, VIEW_IDS } from '../../src/ui/views/viewIds';

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string; readonly icon?: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly when: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
}

const root = path.join(__dirname, '..', '..');
const manifestText = readFileSync(path.join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(manifestText) as Manifest;
const words = JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8')) as Record<string, string>;
const { contributes } = manifest;

function sourcesOfUi(): readonly string[] {
  const folder = path.join(root, 'src', 'ui');
  return (readdirSync(folder, { recursive: true }) as string[]).filter((file) => file.endsWith('.ts')).map((file) => readFileSync(path.join(folder, file), 'utf8'));
}

describe('package.json and the code', () => {
  it('name the same commands', () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).toSorted(), Object.keys(COMMANDS).toSorted());
  });

  it('name the same views', () => {
    assert.deepEqual(Object.values(contributes.views).flatMap((entries) => entries.map(({ id }) => id)), VIEW_IDS);
  });

  it('offer nowhere what only a click on a line means', () => {
    VIEW_IDS.map(openLineCommand).forEach((command) => assert.doesNotMatch(manifestText, new RegExp(command)));
  });

  it('offer nothing that changes a cluster where its context is read-only, but in the palette, where it is said why it is not done', () => {
    const changes = /\.(backUp|restore$|restoreVolumes|startRestorePlan|schedule|turn|run|delete|mend|change(?!RestorePlan)|apply|create|set|unset|rotate)/;
    const offered = Object.entries(contributes.menus).flatMap(([menu, entries]) => (menu === 'commandPalette' ? [] : entries.map((entry) => ({ menu, ...entry }))));
    const writing = offered.filter(({ command }) => changes.test(command));
    assert.ok(writing.length > 20);
    assert.deepEqual(writing.filter(({ when = '' }) => !when.includes('!kubeblocksBackup.readOnly')).map(({ menu, command }) => `${menu} ${command}`), []);
  });

  it('put only commands that exist into menus, palette and welcome texts', () => {
    const used = Object.values(contributes.menus).flatMap((entries) => entries.map(({ command }) => command));
    const linked = Object.values(words).flatMap((text) => [...text.matchAll(/command:(kubeblocksBackup\.\w+)/g)].map((match) => match[1] ?? ''));
    const unknown = [...used, ...linked].filter((command) => !Object.hasOwn(COMMANDS, command));
    assert.deepEqual(unknown, []);
  });

  it('run only commands that exist from the code', () => {
    const named = sourcesOfUi().flatMap((source) => [...source.matchAll(/command: '(kubeblocksBackup\.\w+)'/g)].map((match) => match[1] ?? ''));
    assert.ok(named.length > 5);
    assert.deepEqual(named.filter((command) => !Object.hasOwn(COMMANDS, command)), []);
  });

  it('take every text of the manifest from package.nls.json, and leave none over', () => {
    const used = [...manifestText.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1] ?? '').toSorted();
    assert.deepEqual([...new Set(used)], Object.keys(words).toSorted());
  });

  it('give each command the same category', () => {
    assert.deepEqual([...new Set(contributes.commands.map(({ category }) => category))], ['%category%']);
  });

  it('match whole words of viewItem in every menu of a tree line', () => {
    const odd = (contributes.menus['view/item/context'] ?? []).filter(({ when }) => !/viewItem =~ \/;\w+;\//.test(when ?? ''));
    assert.deepEqual(odd, []);
  });

  it('show welcome texts only in views that exist, each under a condition', () => {
    const views = Object.values(contributes.views).flatMap((entries) => entries.map(({ id }) => id));
    const odd = contributes.viewsWelcome.filter(({ view, when }) => !views.includes(view) || when === '');
    assert.deepEqual(odd, []);
  });

  it('set only context keys that a condition reads, and read only keys that are set', () => {
    const keys = readFileSync(path.join(root, 'src', 'ui', 'contextKeys.ts'), 'utf8');
    const declared = [...keys.matchAll(/^ {2}'(kubeblocksBackup\.\w+)':/gm)].map((match) => match[1] ?? '').toSorted();
    const views = Object.values(contributes.views).flatMap((entries) => entries.map(({ id }) => id));
    const conditions = [...manifestText.matchAll(/"when": "([^"]*)"/g)].map((match) => match[1] ?? '').join(' ');
    const withoutViews = views.reduce((text, view) => text.replaceAll(`view == ${view}`, ''), conditions);
    const read = [...new Set([...withoutViews.matchAll(/kubeblocksBackup\.\w+/g)].map((match) => match[0]))].toSorted();
    assert.deepEqual(read, declared);
  });

  it('activate by YAML, a link and a timeline kept over a reload, and by views and commands, which VS Code derives itself', () => {
    assert.deepEqual(manifest.activationEvents, ['onLanguage:yaml', 'onUri', 'onWebviewPanel:kubeblocksBackup.timeline']);
  });
});
