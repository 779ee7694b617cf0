import * as l10n from '@vscode/l10n';
import type { Severity } from '../../kubeblocks/finding';
import type { KubeBlocksLine } from '../../kubeblocks/kinds';
import type { Dialect } from '../dialect';
import type { FactIndex } from '../facts/factIndex';
import type { Fact, FactKind, NameSet, Origin } from '../facts/facts';
import type { Surroundings } from '../facts/surroundings';
import { rootField, type Field } from '../field';
import type { Fix } from '../fix';
import type { ManifestFinding, RelatedPlace } from '../manifestFinding';
import type { ManifestObject } from '../manifestObject';
import type { Path, PathPart } from '../manifestPath';
import type { Span } from '../yaml/node';
import type { Rule } from './rule';

export interface ReportOptions {
  /** What is underlined; the value where it is not given. */
  readonly part?: PathPart;
  /** A stretch of a text value, counted in the value. */
  readonly within?: Span;
  readonly related?: readonly RelatedPlace[];
  readonly fixes?: readonly Fix[];
  readonly tags?: ManifestFinding['tags'];
  /** Milder (or graver) than the rule usually is. */
  readonly severity?: Severity;
}

/** What a rule sees of one object, and where it says what it found. */
export class RuleContext {
  constructor(
    readonly object: ManifestObject,
    readonly dialect: Dialect,
    private readonly around: Surroundings,
    private readonly rule: Rule,
    private readonly severity: Severity,
    /** Where it is written down. */
    private readonly findings: ManifestFinding[],
    /** The root of the object. */
    readonly root = rootField(object.root),
  ) {}

  get line(): KubeBlocksLine {
    return this.dialect.line;
  }

  get spec(): Field {
    return this.root.at('spec');
  }

  /** @param name of an annotation; the field is absent where the annotation is. */
  annotation(name: string): Field {
    return this.root.at('metadata', 'annotations', name);
  }

  /** Everything of a kind in the object's namespace (or the one given), with how sure it is that there is nothing else. */
  all(kind: FactKind, namespace = this.object.namespace): NameSet {
    return this.around.all(kind, namespace);
  }

  /** Those of `all` that an index finds under a value. */
  select(kind: FactKind, by: FactIndex, value: string): readonly Fact[] {
    return this.around.select(kind, this.object.namespace, by, value);
  }

  /** The object of this kind and name that the manifest would meet. */
  find(kind: FactKind, name: string, namespace = this.object.namespace): Fact | undefined {
    return this.around.find(kind, namespace, name);
  }

  /** The object of this kind and name that a connected cluster holds already, whatever the file says. */
  findLive(kind: FactKind, name: string, namespace = this.object.namespace): Fact | undefined {
    return this.around.findLive(kind, namespace, name);
  }

  /** Who knows that no object of this kind and name is there; undefined where one is, and where nobody can tell. */
  missingFrom(kind: FactKind, name: string, namespace = this.object.namespace): Origin | undefined {
    return this.around.missingFrom(kind, namespace, name);
  }

  /** @param message whole sentences: what is wrong, then what comes of it or what to do. */
  report(field: Field, message: string, { part = 'value', within, related, fixes, tags, severity }: ReportOptions = {}): void {
    this.findings.push({
      code: this.rule.code,
      source: 'rule',
      severity: severity ?? this.severity,
      message,
      place: { kind: 'path', object: this.object, path: field.path, part, ...(within !== undefined && { within }) },
      ...(related !== undefined && related.length > 0 && { related }),
      ...(fixes !== undefined && fixes.length > 0 && { fixes }),
      ...(tags !== undefined && { tags }),
    });
  }

  /** A link to where a fact is written; none for what only a cluster knows. */
  related({ written }: Fact, path: Path, message: string): RelatedPlace[] {
    if (written === undefined) return [];
    return [{ message, ...(written.uri !== undefined && { uri: written.uri }), place: { kind: 'path', object: written.object, path, part: 'value' } }];
  }

  /**
   * Fixes that each write another value, those that are undefined left out: a nearest name, or all that there are.
   *
   * @param within the stretch of JSON in a text that it is written into
   */
  changesTo(field: Field, values: readonly (string | undefined)[], within?: Span): readonly Fix[] {
    const { object } = this;
    return values.flatMap((value) => {
      if (value === undefined) return [];
      const written = within === undefined ? { value } : { value: JSON.stringify(value), within };
      return [{ title: l10n.t('Change to {0}', value), edits: [{ kind: 'setValue', object, path: field.path, ...written }] }];
    });
  }

  /** A fix that writes a field, there or not. */
  set(field: Field, value: unknown): Fix {
    return this.setValue(l10n.t('Set {0}: {1}', field.key, String(value)), field, value);
  }

  /** A fix that writes another value. */
  setValue(title: string, field: Field, value: unknown): Fix {
    return { title, edits: [{ kind: 'setValue', object: this.object, path: field.path, value }] };
  }
}
