import assert from 'node:assert/strict';
import type { TimelineData } from '../../../../src/ui/timeline/timelineData';
import { timelineHtml } from '../../../../src/ui/timeline/timelineHtml';
import { readFromPage, readPageState, readToPage } from '../../../../src/ui/timeline/timelineMessages';
import { applyUpdate, updateBetween } from '../../../../src/ui/timeline/timelineUpdate';

const DATA: TimelineData = {
  ref: { kind: 'cluster', namespace: 'demo', name: 'orders' },
  context: 'kind-prod',
  cluster: 'orders',
  namespace: 'demo',
  now: 100_000,
  timeZone: 'UTC',
  notes: [],
  components: [
    { name: 'pg', state: '3 s behind', notes: [], nextRun: [200_000, 'full'], logs: [['log', 0, 90_000]], targets: [], bases: [['a', 10_000, 'full'], ['b', 20_000, 'full']], stretches: [[0, 9_000, 'unreachable', 0, -1, 0, false, 'why'], [10_000, 90_000, 'recoverable', 0, 0, 10_000, true, '']] },
  ],
};

describe('what the page of the timeline sends', () => {
  const good = [{ type: 'ready' }, { type: 'openText' }, { type: 'drawn', label: 'x' }, { type: 'restore', log: 'log', at: 0 }];
  for (const message of good) {
    it(`is taken when it is ${message.type}`, () => assert.deepEqual(readFromPage({ ...message, more: 'is dropped' }), message));
  }

  const bad: readonly unknown[] = [
    undefined,
    null,
    'ready',
    [],
    { type: 'run', command: 'x' },
    { type: 'restore', log: 'log' },
    { type: 'restore', log: '', at: 0 },
    { type: 'restore', log: 'x'.repeat(254), at: 0 },
    { type: 'restore', log: 7, at: 0 },
    { type: 'restore', log: 'log', at: NaN },
    { type: 'restore', log: 'log', at: 9e15 },
    { type: 'drawn', label: 'x'.repeat(2_001) },
  ];
  for (const message of bad) {
    it(`is dropped when it is ${JSON.stringify({ message }).slice(11, 70)}`, () => assert.equal(readFromPage(message), undefined));
  }
});

describe('what the page of the timeline is sent', () => {
  const message = { type: 'data', update: updateBetween(undefined, DATA), strings: null };

  it('is taken when it is whole', () => {
    assert.deepEqual(readToPage(message), message);
    assert.deepEqual(readToPage({ type: 'trouble', message: 'gone' }), { type: 'trouble', message: 'gone' });
  });

  for (const [what, update] of [
    ['no object', { ...message.update, ref: { kind: 'cluster' } }],
    ['no time', { ...message.update, now: 'now' }],
    ['notes that are none', { ...message.update, notes: [1] }],
    ['a list that is none', { ...message.update, components: [{ ...message.update.components[0], bases: [] }] }],
    ['no components', { ...message.update, components: undefined }],
  ] as const) {
    it(`is dropped when it has ${what}`, () => assert.equal(readToPage({ ...message, update }), undefined));
  }

  it('is dropped when its sentences are none', () => assert.equal(readToPage({ ...message, strings: { a: 1 } }), undefined));
});

describe('what the page of the timeline keeps', () => {
  const state = { ref: DATA.ref, context: 'kind-prod', component: 'pg', at: null, view: [0, 1_000], zone: 'UTC' };
  it('is taken up again', () => assert.deepEqual(readPageState(state), state));
  it('is taken without a view that is none', () => assert.equal(readPageState({ ...state, view: [1, 0] })?.view, null));
  it('is dropped when it does not say of what', () => assert.equal(readPageState({ ...state, ref: {} }), undefined));
  it('is dropped when there is none', () => assert.equal(readPageState(undefined), undefined));
});

describe('an update of the timeline', () => {
  it('brings everything to a page that has nothing', () => assert.deepEqual(applyUpdate(undefined, updateBetween(undefined, DATA)), DATA));

  it('brings only what differs behind the common beginning', () => {
    const [component] = DATA.components;
    assert.ok(component);
    const moved: TimelineData = { ...DATA, components: [{ ...component, bases: [...component.bases, ['c', 95_000, 'full']], stretches: [...component.stretches.slice(0, 1), [10_000, 95_000, 'recoverable', 0, 0, 10_000, true, '']] }] };
    const update = updateBetween(DATA, moved);
    assert.deepEqual([update.components[0]?.bases, update.components[0]?.stretches.keep, update.components[0]?.stretches.rows.length, update.components[0]?.logs.rows], [{ keep: 2, rows: [['c', 95_000, 'full']] }, 1, 1, []]);
    assert.deepEqual(applyUpdate(DATA, update), moved);
  });

  it('is refused by a page that does not have what it builds on', () => assert.equal(applyUpdate(undefined, updateBetween(DATA, DATA)), undefined));

  it('follows lists that become shorter, and components that come and go', () => {
    const [component] = DATA.components;
    assert.ok(component);
    const fewer: TimelineData = { ...DATA, components: [{ ...component, name: 'other' }, { ...component, bases: component.bases.slice(1) }] };
    assert.deepEqual(applyUpdate(DATA, updateBetween(DATA, fewer)), fewer);
    assert.deepEqual(applyUpdate(fewer, updateBetween(fewer, DATA)), DATA);
  });
});

describe('the frame of the timeline', () => {
  const html = timelineHtml({ script: 'https://x/timeline.js', style: 'https://x/timeline.css', origin: 'https://x', nonce: 'abc', language: 'en', title: '<b>"' });

  it('lets nothing run but its own script, and nothing come from elsewhere', () => {
    assert.match(html, /content="default-src 'none'; style-src https:\/\/x; script-src 'nonce-abc'"/);
    assert.equal(html.match(/<script/g)?.length, 1);
    assert.doesNotMatch(html, /unsafe|http:|style="| on\w+="/);
  });

  it('holds text only as text', () => assert.match(html, /<title>&lt;b&gt;&quot;<\/title>/));
});
