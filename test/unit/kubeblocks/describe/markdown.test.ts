import assert from 'node:assert/strict';
import { describeBackup } from '../../../../src/kubeblocks/describe/describeBackup';
import { describeCluster } from '../../../../src/kubeblocks/describe/describeCluster';
import { escapeMarkdown, fenced, pageToMarkdown } from '../../../../src/kubeblocks/describe/markdown';
import { indexClusters } from '../../../../src/kubeblocks/clusterIndex';
import { aBackup, aCluster, aLog, anInventory, aPolicy, aSchedule, NOW, postgresActionSets } from '../../../support/builders';

const context = { now: NOW, timeZone: 'Europe/Berlin' };

/** What is left of a line when everything that Markdown takes literally is taken away. */
function acting(markdown: string): string {
  return markdown.replace(/(`+)(?!`).*?[^`]\1(?!`)/g, '').replace(/\\[\p{P}\p{S}]/gu, '');
}

describe('escapeMarkdown', () => {
  for (const text of [
    '[click](command:workbench.action.quit)',
    '![x](https://evil.example/x.png)',
    '<img src=x onerror=alert(1)>',
    '<https://evil.example>',
    '**bold** _it_ ~~no~~ # head',
    '`code` and ``more``',
    '| cell | cell |',
    '$(warning) $x$',
    '&lt;b&gt;',
    'a\n# heading\n- list',
    'https://evil.example',
    'www.evil.example',
    'me@evil.example',
    '[x]: javascript:alert(1)',
    '\\`x\\`',
  ]) {
    it(`leaves nothing in ${JSON.stringify(text)} that acts`, () => {
      const markdown = escapeMarkdown(text);
      assert.doesNotMatch(markdown, /\n/);
      assert.doesNotMatch(acting(markdown), /[[\]<>*_`#|$]|:\/\/|www\.|@|command:/);
    });
  }

  it('keeps plain names as they are read', () => assert.equal(escapeMarkdown('orders 16'), 'orders 16'));
});

describe('fenced', () => {
  it('cannot be closed by its text', () => assert.equal(fenced('a\n````\nb'), '`````text\na\n````\nb\n`````'));
  it('is coloured as what it is', () => assert.equal(fenced('a: 1', 'yaml'), '```yaml\na: 1\n```'));
});

describe('pageToMarkdown', () => {
  const log = aLog('09:00:00', '12:04:31');
  const inventory = anInventory({
    clusters: [aCluster()],
    backups: [aBackup('full', '09:12:44'), log],
    policies: [aPolicy()],
    schedules: [aSchedule([{ backupMethod: 'pg-basebackup', cronExpression: '0 18 * * *', enabled: true, retentionPeriod: '7d' }])],
    actionSets: postgresActionSets(),
  });

  it('shows a backup', () => {
    const markdown = pageToMarkdown(describeBackup(inventory, aBackup('full', '09:12:44'), context));
    assert.match(markdown, /^# Backup full\n\nfull · completed · 2 h ago · `?15/);
    assert.match(markdown, /\| Repository \| s3\\-main \|/);
    assert.match(markdown, /\| Expires \| never \|/);
  });

  it('shows a cluster with its window and schedules', () => {
    const entry = indexClusters(inventory).entries.get('payments/orders-pg');
    assert.ok(entry);
    const markdown = pageToMarkdown(describeCluster(inventory, entry, context));
    assert.match(markdown, /recoverable to 13\\:04\\:31/);
    assert.match(markdown, /no\\: no full backup ended before it/);
    assert.match(markdown, /daily 18\\:00 UTC/);
  });
});
