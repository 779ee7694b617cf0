import { Document, isMap, isScalar, isSeq, parseDocument, visit, type CreateNodeOptions, type DocumentOptions, type ParseOptions, type SchemaOptions, type ToStringOptions } from 'yaml';
import type { Chance } from './chance';
import type { Damage } from './damage';

const SCHEMAS = ['core', 'yaml-1.1', 'json'] as const;

/** The object as somebody, or some program, would write it: in blocks, in braces, with quotes of either kind or none. */
export function writeObject(object: object, damages: readonly Damage[], chance: Chance): string {
  const document = new Document(object, { schema: chance.pick(SCHEMAS), aliasDuplicateObjects: chance.isOneIn(4) } satisfies DocumentOptions & SchemaOptions & CreateNodeOptions);
  return write(document, damages, chance);
}

/** A manifest that somebody wrote, with the damages and otherwise as it was. */
export function rewriteText(text: string, damages: readonly Damage[], chance: Chance): string {
  return write(parseDocument(text, { schema: 'yaml-1.1', uniqueKeys: false } satisfies ParseOptions & SchemaOptions & { uniqueKeys: boolean }), damages, chance);
}

function write(document: Document, damages: readonly Damage[], chance: Chance): string {
  for (const { path, value } of damages) {
    // An earlier damage may have taken away what this one is about.
    const parent = document.getIn(path.slice(0, -1), true);
    if (!(typeof path.at(-1) === 'number' ? isSeq(parent) : isMap(parent))) continue;
    if (value === undefined) document.deleteIn(path);
    else document.setIn(path, document.createNode(value));
  }
  if (chance.isOneIn(8)) return unquoted(JSON.stringify(document.toJS()));
  vary(document, chance);
  const text = document.toString({
    indent: chance.pick([2, 2, 4]),
    indentSeq: chance.isOneIn(2),
    lineWidth: chance.pick([0, 40, 80]),
    minContentWidth: 0,
    nullStr: chance.pick(['null', '~', '']),
    defaultStringType: chance.pick(['PLAIN', 'PLAIN', 'PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE']),
    defaultKeyType: chance.pick(['PLAIN', 'PLAIN', 'PLAIN', 'QUOTE_DOUBLE']),
    blockQuote: chance.pick(['literal', 'folded', true, false]),
  } satisfies ToStringOptions);
  return unquoted(chance.isOneIn(10) ? text.replaceAll('\n', '\r\n') : text);
}

/** What `drawDamage` wants without quotes, whatever it is read as. */
function unquoted(text: string): string {
  return text.replace(/(["']?)unquoted_([^\s"',[\]{}]+)\1/g, '$2');
}

/** Some collections in braces, some comments, and now and then a key twice. */
function vary(document: Document, chance: Chance): void {
  const braces = chance.pick([0, 0, 0, 10]);
  const comments = chance.pick([0, 0, 10]);
  visit(document, {
    Collection(_, node) {
      if (braces > 0 && chance.isOneIn(braces)) node.flow = true;
    },
    Pair(_, { key }) {
      if (comments > 0 && chance.isOneIn(comments) && isScalar(key)) key.commentBefore = ' of no meaning: {';
    },
  });
  const { contents } = document;
  if (isMap(contents) && chance.isOneIn(60)) contents.items.push(chance.pick(contents.items));
}
