import assert from 'node:assert/strict';
import { TestApp } from '../../../support/testApp';

describe('Refresh', () => {
  it('makes the open pages again too', async () => {
    const app = new TestApp();
    await app.command('kubeblocksBackup.refresh');
    assert.equal(app.pagesRefreshed, 1);
  });
});
