import type { AnyObject } from '../../kubeblocks/objects';
import type { CrdDefinition, CrdVersion } from '../../kubeblocks/schema/crd';

/**
 * The CustomResourceDefinition as an API server shows it once it is established, `since` being RFC 3339. Schemas are
 * shared with the definition, not copied; uid, resourceVersion and creationTimestamp are the store's to add.
 */
export function crdObject(definition: CrdDefinition, since: string): AnyObject {
  const names = namesOf(definition);
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${definition.plural}.${definition.group}`,
      annotations: definition.annotations,
      labels: definition.labels,
    },
    spec: {
      conversion: { strategy: 'None' },
      group: definition.group,
      names,
      scope: definition.namespaced ? 'Namespaced' : 'Cluster',
      versions: definition.versions.map(versionOf),
    },
    status: {
      acceptedNames: names,
      conditions: [
        condition('NamesAccepted', 'NoConflicts', 'no conflicts found', since),
        condition('Established', 'InitialNamesAccepted', 'the initial names have been accepted', since),
      ],
      storedVersions: definition.versions.filter((version) => version.storage).map((version) => version.name),
    },
  };
}

function namesOf(definition: CrdDefinition): object {
  const { categories, kind, listKind, plural, shortNames, singular } = definition;
  return {
    ...(categories.length > 0 && { categories }),
    kind,
    listKind,
    plural,
    ...(shortNames.length > 0 && { shortNames }),
    singular,
  };
}

function versionOf(version: CrdVersion): object {
  const { printerColumns, deprecated, deprecationWarning, name, schema, served, storage, hasStatus } = version;
  return {
    ...(printerColumns.length > 0 && { additionalPrinterColumns: printerColumns }),
    ...(deprecated !== undefined && { deprecated }),
    ...(deprecationWarning !== undefined && { deprecationWarning }),
    name,
    schema: { openAPIV3Schema: schema },
    served,
    storage,
    ...(hasStatus && { subresources: { status: {} } }),
  };
}

function condition(type: string, reason: string, message: string, since: string): object {
  return { type, status: 'True', reason, message, lastTransitionTime: since };
}
