import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { COMMAND_IDS } from '../../src/ui/commands/commandIds';
import { sharedFolder } from '../support/sharedFolder';

const ROOT = path.resolve(__dirname, '../..');
const page = readFileSync(path.join(ROOT, 'docs/kbcli.md'), 'utf8');
/** The first cell of each line of the tables, without ticks: `cluster backup --method`. */
const rows = [...page.matchAll(/^\| `([^`]+)`/gm)].map(([, cell]) => cell ?? '');

/** By section of the notes: `1.1` → the command it is about, as the page spells it. */
const SECTIONS: Readonly<Record<string, string>> = {
  '1.1': 'cluster backup',
  '1.2': 'cluster list-backups',
  '1.3': 'cluster describe-backup',
  '1.4': 'cluster delete-backup',
  '1.5': 'cluster restore',
  '1.8': 'cluster update',
  '3.1': 'backuprepo create',
  '3.2': 'backuprepo update',
};

/** Commands and flags are taken from notes that were read in kbcli's sources, where those lie beside the checkout. */
describe('The page about kbcli', () => {
  it('names commands that exist', () => {
    const named = [...page.matchAll(/`(kubeblocksBackup\.\w+)`/g)].map(([, id]) => id ?? '');
    assert.ok(named.length > 20);
    assert.deepEqual(named.filter((id) => !(COMMAND_IDS as readonly string[]).includes(id)), []);
  });

  it('says something of each, once', () => {
    assert.deepEqual(rows.filter((row, index) => rows.indexOf(row) !== index), []);
    assert.deepEqual([...page.matchAll(/^\| `[^`]+`[^|]*\|\s*\|$/gm)].map(([row]) => row), []);
  });

  it('has every command and flag of the notes', function () {
    const notes = readFileSync(sharedFolder(this, 'kubeblocks/KBCLI.md'), 'utf8');
    const missing = [...flagsOf(notes), ...dataProtectionFlags(notes), ...commandsOf(notes)].filter((wanted) => !rows.includes(wanted));
    assert.deepEqual([...new Set(missing)], []);
  });
});

function flagsOf(notes: string): readonly string[] {
  return Object.entries(SECTIONS).flatMap(([section, command]) => {
    const text = sectionOf(notes, section);
    return [...new Set([...text.matchAll(/`(--[a-z][a-z-]*)/g)].map(([, flag]) => `${command} ${flag ?? ''}`))].filter((each) => !NOT_FLAGS_OF.has(each));
  });
}

/** Said in a section about something else, such as an older `cluster create`. */
const NOT_FLAGS_OF: ReadonlySet<string> = new Set(['cluster backup --parameters', 'cluster backup --repo', 'cluster describe-backup --name', 'backuprepo create --flag', 'backuprepo create --help', ...['--backup', '--restore-to-time', '--volume-restore-policy'].map((flag) => `cluster update ${flag}`)]);

/** Of the table of the second chapter: command, flags, notes. */
function dataProtectionFlags(notes: string): readonly string[] {
  return [...partOf(notes, '## 2.', '## 3.').matchAll(/^\| (`[^|]+) \| ([^|]*) \|/gm)].flatMap(([, commands = '', flags = '']) => {
    const names = [...commands.matchAll(/`([a-z]+(?:-[a-z]+)*)/g)].map(([, name]) => name ?? '').filter((name) => !flags.includes('on list') || name.startsWith('list'));
    return names.flatMap((name) => [...flags.matchAll(/--([a-z]+(?:-[a-z]+)*)/g)].map(([, flag]) => `dataprotection ${name} --${flag ?? ''}`));
  });
}

function commandsOf(notes: string): readonly string[] {
  const dataProtection = [...partOf(notes, '## 2.', '## 3.').matchAll(/`((?:list|describe|edit|delete)-[a-z-]+|backup|restore)[ `]/g)].map(([, name]) => `dataprotection ${name ?? ''}`);
  const policies = [...`${sectionOf(notes, '1.6')}${sectionOf(notes, '1.7')}`.matchAll(/^[-*] `((?:list|describe|edit)-[a-z-]+)/gm)].map(([, name]) => `cluster ${name ?? ''}`);
  const repositories = [...partOf(notes, '## 3.', '## 4.').matchAll(/^### 3\.\d `([a-z-]+)/gm)].map(([, name]) => `backuprepo ${name ?? ''}`);
  return [...new Set([...Object.values(SECTIONS), ...dataProtection, ...policies, ...repositories])].filter((each) => !ALIASES.has(each));
}

/** Shorter names of the same, and names of older lines. */
const ALIASES: ReadonlySet<string> = new Set(['dataprotection list-backup-policy', 'cluster update']);

function sectionOf(notes: string, number: string): string {
  return partOf(notes, `### ${number} `, '### ');
}

/** From a heading to the next one that begins so, or to the next chapter. */
function partOf(notes: string, from: string, to: string): string {
  const start = notes.indexOf(from);
  assert.notEqual(start, -1, `the notes have no ${from}`);
  const rest = notes.slice(start + from.length);
  const ends = [rest.indexOf(`\n${to}`), rest.indexOf('\n## ')].filter((index) => index >= 0);
  return notes.slice(start, start + from.length + (ends.length === 0 ? rest.length : Math.min(...ends)));
}
