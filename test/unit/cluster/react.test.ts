import assert from 'node:assert/strict';
import type { AnyObject } from '../../../src/kubeblocks/objects';
import { LaneApi, LaneApiError, type Watcher } from '../../cluster/lane/laneApi';
import { react } from '../../cluster/standins/react';

/** A server whose collection changes as a test says. */
class Told extends LaneApi {
  watcher: Watcher | undefined;

  constructor() {
    super({ port: 0, authority: '' }, '');
  }

  override watch(_path: string, watcher: Watcher): Promise<void> {
    this.watcher = watcher;
    return new Promise(() => undefined);
  }

  tell(type: 'ADDED' | 'MODIFIED' | 'DELETED', name: string, extra: object = {}): void {
    this.watcher?.onEvent({ type, object: { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'here', uid: name }, ...extra } });
  }
}

describe('a stand-in that reacts to objects', () => {
  const conflict = new LaneApiError(409, 'Conflict', 'the object has been modified');
  let api: Told;
  let ending: AbortController;
  let problems: Error[];
  let works: AnyObject[];
  beforeEach(() => {
    [api, ending, problems, works] = [new Told(), new AbortController(), [], []];
  });
  afterEach(() => ending.abort());

  /** Resolves to what was worked on once `count` works were begun; each is answered in turn, the last answer for ever. */
  const after = (count: number, ...answers: readonly ((again: () => void) => void)[]): Promise<readonly AnyObject[]> =>
    new Promise((resolve) => {
      react({ api, signal: ending.signal, onProblem: (problem) => problems.push(problem), pause: turn }, '/pods', async (object, toDoAgain) => {
        works.push(object);
        if (works.length === count) resolve(works);
        const answer = answers[Math.min(works.length, answers.length) - 1];
        await turn();
        answer?.(toDoAgain);
      });
    });
  const done = (): void => undefined;
  const again = (toDoAgain: () => void): void => toDoAgain();
  const failing = (error: Error) => (): never => {
    throw error;
  };
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  /** Longer than anything takes here that is still to come. */
  const settled = async (): Promise<void> => {
    for (let turns = 0; turns < 10; turns += 1) await turn();
  };

  it('does again what failed in passing, although nothing changed', async () => {
    const worked = after(3, failing(conflict), failing(Object.assign(new Error('reset'), { code: 'ECONNRESET' })), done);
    api.tell('ADDED', 'a');
    assert.deepEqual((await worked).map(({ metadata }) => metadata.name), ['a', 'a', 'a']);
    await settled();
    assert.deepEqual([works.length, problems], [3, []]);
  });

  it('does again what it was told to do again, with the newest version', async () => {
    const worked = after(3, again, again, done);
    api.tell('ADDED', 'a', { version: 1 });
    api.tell('MODIFIED', 'a', { version: 2 });
    assert.deepEqual((await worked).map((object) => object['version']), [1, 2, 2]);
  });

  it('leaves an object alone that is gone', async () => {
    const worked = after(1, again);
    api.tell('ADDED', 'a');
    api.tell('DELETED', 'a');
    await worked;
    await settled();
    assert.equal(works.length, 1);
  });

  it('leaves an object alone that went while the server was away', async () => {
    const worked = after(2, again);
    api.tell('ADDED', 'a');
    api.watcher?.onSynced?.();
    await worked;
    api.watcher?.onSynced?.();
    const sofar = works.length;
    await settled();
    assert.ok(works.length <= sofar + 1, `${works.length} works, ${sofar} before`);
  });

  it('tells of what does not pass, and does it no more until the object changes', async () => {
    const worked = after(2, failing(new LaneApiError(403, 'Forbidden', 'may not')), done);
    api.tell('ADDED', 'a');
    await settled();
    assert.equal(works.length, 1);
    assert.match(String(problems), /may not/);
    api.tell('MODIFIED', 'a');
    await worked;
  });
});
