import type { Difference } from './differences';

interface Known {
  readonly scenario: string;
  /** Of `request` and `at`, with a blank between. */
  readonly matches: RegExp;
  readonly why: string;
}

/** Where the playground answers otherwise, and why it may. */
const KNOWN: readonly Known[] = [
  { scenario: 'discover', matches: /version\/nope|OPTIONS/, why: 'paths and methods nobody asks for' },
  { scenario: 'select', matches: /Selector=.* body\.message$/, why: 'a selector that cannot be read is refused with fewer words about where it breaks' },
  { scenario: 'read as tables and in part', matches: /configmaps\/a body\.message/, why: 'go-restful refuses text/html before Kubernetes does' },
  { scenario: 'watch', matches: /sendInitialEvents=true.* events\.3\.object\.rows\.0\.cells/, why: 'the row of a bookmark has no cells worth reading' },
  { scenario: 'watch', matches: /configmaps\/d\?watch|api\/v1\/watch/, why: 'the deprecated watches of one object and below /watch are not served' },
  { scenario: 'watch from what is compacted', matches: /resourceVersion=1&/, why: 'a young playground still has its whole past' },
  { scenario: 'refuse bodies that are no object of the kind', matches: /^POST .*\/backups warnings$/, why: 'a body of another version is not decoded far enough to warn of its fields' },
  { scenario: 'patch', matches: /^PATCH .*\/configmaps\/a body\.message$/, why: 'the quoted object has its fields in another order' },
  { scenario: 'refuse a bad apply', matches: /^PATCH .*\/configmaps\/a\?fieldManager=one body\.message$/, why: 'another YAML parser, other words for what it cannot parse' },
  { scenario: 'field validation of custom resources', matches: /^POST .*(Strict&dryRun=All body\.message|Warn&dryRun=All warnings\.0)$/, why: 'keys written twice in YAML are named by path, not by line' },
  { scenario: 'field validation of built-in kinds', matches: /^PUT .*Warn&dryRun=All warnings$/, why: 'a body of another name is refused before it is warned of' },
  { scenario: 'pods', matches: /^PATCH .*\/pods\/a body\.message$/, why: 'the comparison of Go structs is left out' },
  { scenario: 'claims', matches: /^PATCH .* body\.message$/, why: 'the comparison of Go structs is left out' },
  { scenario: 'claims', matches: /^POST .* body\.metadata\.finalizers$/, why: 'no controller protects claims that are in use' },
  { scenario: 'claims', matches: /^POST .* body\.spec\.dataSource$/, why: 'a source without a name is not dropped' },
];

/** Why a difference is accepted; undefined where it is a fault of the playground. */
export function reasonFor({ scenario, request, at }: Difference): string | undefined {
  return KNOWN.find((known) => known.scenario === scenario && known.matches.test(`${request} ${at}`))?.why;
}
