import assert from 'node:assert/strict';
import { inertText } from '../../../../src/ui/prompts/inertText';

/** What VS Code looks for in the text of a notification (`parseLinkedText`). */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

describe('inert text', () => {
  const hostile = [
    'backup failed: [see here](command:workbench.action.terminal.new)',
    '[a](https://example.test/x "y")',
    '[[a]](file:///etc/passwd)',
    '[a]((command:x)[b](command:y)',
  ];

  for (const text of hostile) {
    it(`holds no link: ${text}`, () => {
      assert.doesNotMatch(inertText(text), LINK);
    });
  }

  it('leaves ordinary words as they are', () => {
    const text = 'Backup a failed: no space left on device (main-store) [job 1].';
    assert.equal(inertText(text), text);
  });
});
