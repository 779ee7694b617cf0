import assert from 'node:assert/strict';
import { Cancelled } from '../../../../src/ui/commandError';
import { runSteps, type Step } from '../../../../src/ui/prompts/steps';

interface Order {
  readonly dish?: string;
  readonly side?: string;
  readonly drink?: string;
}

/** A step that gives the scripted answers one after another, and notes what it was shown. */
function asking(field: keyof Order, answers: readonly string[], seen: string[]): Step<Order> {
  const left = [...answers];
  return (order, { step, total, canGoBack }) => {
    seen.push(`${field} ${step}/${total}${canGoBack ? ' back' : ''} was ${order[field] ?? '-'}`);
    const answer = left.shift() ?? 'leave';
    if (answer === 'back') {
      return Promise.resolve({ kind: 'back' });
    }
    return Promise.resolve(answer === 'leave' ? { kind: 'cancelled' } : { kind: 'value', value: { ...order, [field]: answer } });
  };
}

describe('runSteps', () => {
  it('asks one question after another and says which of how many', async () => {
    const seen: string[] = [];
    const steps = [asking('dish', ['soup'], seen), asking('drink', ['tea'], seen)];
    assert.deepEqual(await runSteps(() => steps, {}), { dish: 'soup', drink: 'tea' });
    assert.deepEqual(seen, ['dish 1/2 was -', 'drink 2/2 back was -']);
  });

  it('shows an answer again after a step back, and loses none', async () => {
    const seen: string[] = [];
    const steps = [asking('dish', ['soup', 'stew'], seen), asking('drink', ['back', 'tea'], seen)];
    assert.deepEqual(await runSteps(() => steps, {}), { dish: 'stew', drink: 'tea' });
    assert.equal(seen[2], 'dish 1/2 was soup');
  });

  it('asks what an earlier answer makes necessary', async () => {
    const seen: string[] = [];
    const dish = asking('dish', ['steak'], seen);
    const side = asking('side', ['fries'], seen);
    const drink = asking('drink', ['tea'], seen);
    const result = await runSteps((order: Order) => [dish, ...(order.dish === 'steak' ? [side] : []), drink], {});
    assert.deepEqual(result, { dish: 'steak', side: 'fries', drink: 'tea' });
    assert.deepEqual(seen.map((line) => line.split(' ')[1]), ['1/2', '2/3', '3/3']);
  });

  it('ends with Cancelled when the person leaves', async () => {
    await assert.rejects(
      runSteps(() => [asking('dish', ['leave'], [])], {}),
      Cancelled,
    );
  });
});
