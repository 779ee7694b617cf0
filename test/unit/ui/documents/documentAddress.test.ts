import assert from 'node:assert/strict';
import { addressParts, parseAddress, type DocumentAddress } from '../../../../src/ui/documents/documentAddress';

const address: DocumentAddress = { form: 'yaml', context: 'kind/prod', ref: { kind: 'backup', namespace: 'payments', name: 'orders-1' } };

describe('the address of a document', () => {
  it('comes back from its query as it was', () => {
    assert.deepEqual(parseAddress(addressParts(address).query), address);
    const preview: DocumentAddress = { form: 'preview', name: 'orders-1.yaml' };
    assert.deepEqual(parseAddress(addressParts(preview).query), preview);
    assert.deepEqual(parseAddress(addressParts({ form: 'engines' }).query), { form: 'engines' });
  });

  it('ends with the name and an extension that VS Code knows, and keeps a context in one part', () => {
    assert.equal(addressParts(address).path, '/kind%2Fprod/payments/backup/orders-1.yaml');
    assert.match(addressParts({ ...address, form: 'describe' }).path, /\/orders-1\.md$/);
  });

  for (const query of ['', '{', 'null', '[]', '{"form":"yaml"}', '{"form":"toString","context":"c","ref":{}}', '{"form":"yaml","context":"c","ref":{"kind":"constructor","name":"x"}}']) {
    it(`is nothing in ${query === '' ? 'an empty query' : query}`, () => assert.equal(parseAddress(query), undefined));
  }
});
