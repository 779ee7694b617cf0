import { resolveScalar } from './resolveScalar';

type Value = string | number | boolean | null;

/** What kubectl makes of a scalar with a tag, or that it makes nothing of it. */
export type Tagged = { readonly value: Value } | 'unreadable';

const CORE = 'tag:yaml.org,2002:';
/** A time as goyaml.v2 reads one; it stays text on its way to the server. */
const TIME = /^\d{4}-\d\d?-\d\d?(?:(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::?\d\d)?))?)?$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** What may stand in a tag (goyaml.v2 `scannerc.go` yaml_parser_scan_tag_uri). */
const TAG = /^[\w;/?:@&=+$,.!~*'()[\]%-]*$/;

/**
 * The value of a scalar with a tag, as kubectl reads it (goyaml.v2 `resolve.go`): the tag must fit what stands there,
 * quotes or not, and under a tag that nobody knows all is text.
 */
export function taggedScalar(text: string, tag: string): Tagged {
  if (!TAG.test(tag)) return 'unreadable';
  switch (tag) {
    case `${CORE}str`:
      return { value: text };
    case `${CORE}int`:
      return fitting(text, (value) => typeof value === 'number' && Number.isInteger(value) && !/[.eE]/.test(text));
    case `${CORE}float`:
      return fitting(text, (value) => typeof value === 'number');
    case `${CORE}bool`:
      return fitting(text, (value) => typeof value === 'boolean');
    case `${CORE}null`:
      return fitting(text, (value) => value === null);
    case `${CORE}timestamp`:
      return TIME.test(text) ? { value: text } : 'unreadable';
    case `${CORE}binary`:
      return BASE64.test(text.replace(/\s/g, '')) ? { value: text } : 'unreadable';
    default:
      return { value: text };
  }
}

function fitting(text: string, fits: (value: Value) => boolean): Tagged {
  const value = resolveScalar(text);
  return fits(value) ? { value } : 'unreadable';
}

/** As people write it: `!!int`. */
export function shortTag(tag: string): string {
  return tag.startsWith(CORE) ? `!!${tag.slice(CORE.length)}` : tag;
}
