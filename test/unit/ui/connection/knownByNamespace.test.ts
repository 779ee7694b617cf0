import assert from 'node:assert/strict';
import { KnownByNamespace } from '../../../../src/ui/connection/knownByNamespace';
import { FakeSession } from '../../../support/fakeSession';
import { RecordingLogger } from '../../../support/recordingLogger';

/** Answers by hand. */
function stage(goodFor = 60_000) {
  const session = new FakeSession('kind-prod');
  session.become({ connection: { state: 'connected', serverVersion: 'v1.34.4' } });
  const clock = { at: 0, now: () => clock.at };
  const asked: { readonly namespace: string; readonly answer: { readonly resolve: (text: string) => void; readonly reject: (error: Error) => void } }[] = [];
  const logger = new RecordingLogger();
  const stage = { session, clock, asked, logger, changes: 0 };
  const ask = (_session: unknown, namespace: string): Promise<string> => new Promise((resolve, reject) => asked.push({ namespace, answer: { resolve, reject } }));
  const known = new KnownByNamespace<string>({ session }, { what: 'words', goodFor, ask }, { clock, logger, onChange: () => (stage.changes += 1) });
  return { ...stage, known, changes: () => stage.changes };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('What lines say of a namespace', () => {
  it('is asked for once, when they are drawn, and tells when it is known', async () => {
    const { known, asked, changes } = stage();
    assert.equal(asked.length, 0);
    assert.deepEqual([known.in('a'), known.in('a'), known.in('b')], [undefined, undefined, undefined]);
    assert.deepEqual(asked.map(({ namespace }) => namespace), ['a', 'b']);
    asked[0]?.answer.resolve('yes');
    await settled();
    assert.deepEqual([known.in('a'), known.in('b'), changes()], ['yes', undefined, 1]);
  });

  it('is asked for again when it is old, and stays until there is another answer', async () => {
    const { known, asked, clock } = stage();
    known.in('a');
    asked[0]?.answer.resolve('yes');
    await settled();
    clock.at = 59_999;
    assert.deepEqual([known.in('a'), asked.length], ['yes', 1]);
    clock.at = 60_000;
    assert.deepEqual([known.in('a'), asked.length], ['yes', 2]);
    asked[1]?.answer.resolve('no');
    await settled();
    assert.equal(known.in('a'), 'no');
  });

  it('is not known where it cannot be found out, and is not asked for without a connection', async () => {
    const { known, asked, logger, session } = stage();
    known.in('a');
    asked[0]?.answer.reject(new Error('no route'));
    await settled();
    assert.equal(known.in('a'), undefined);
    assert.match(logger.lines.join(), /words in a cannot be found out: no route/);
    session.become({ connection: { state: 'connecting' } });
    assert.deepEqual([known.in('b'), asked.length], [undefined, 1]);
  });
});
