import { parseAllDocuments, type Tags } from 'yaml';

/**
 * The documents of a file as kubectl hands them on: YAML 1.1 (unquoted `on` and `yes` are booleans), except that times
 * stay text, and of a key given twice the last counts.
 */
export function kubectlYaml(text: string): readonly unknown[] {
  const documents = parseAllDocuments(text, { version: '1.1', uniqueKeys: false, customTags: withoutTimes });
  return documents.map((document) => document.toJS() as unknown).filter((document) => document !== null);
}

function withoutTimes(tags: Tags): Tags {
  return tags.filter((tag) => typeof tag === 'string' || (tag.tag !== 'tag:yaml.org,2002:timestamp' && !('format' in tag && tag.format === 'TIME')));
}
