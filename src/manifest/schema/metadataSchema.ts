import type { StructuralSchema } from '../../kubeblocks/schema/crd';

const TEXT: StructuralSchema = { type: 'string' };
const TEXTS: StructuralSchema = { type: 'object', additionalProperties: TEXT };
const TIME: StructuralSchema = { type: 'string', format: 'date-time' };
const WHOLE: StructuralSchema = { type: 'integer' };

/** ObjectMeta (k8s.io/apimachinery `pkg/apis/meta/v1/types.go`), which CRDs leave to the API server. */
export const METADATA_SCHEMA: StructuralSchema = {
  type: 'object',
  properties: {
    name: TEXT,
    generateName: TEXT,
    namespace: TEXT,
    selfLink: TEXT,
    uid: TEXT,
    resourceVersion: TEXT,
    generation: WHOLE,
    creationTimestamp: TIME,
    deletionTimestamp: TIME,
    deletionGracePeriodSeconds: WHOLE,
    labels: TEXTS,
    annotations: TEXTS,
    ownerReferences: {
      type: 'array',
      items: {
        type: 'object',
        nullable: true,
        properties: { apiVersion: TEXT, kind: TEXT, name: TEXT, uid: TEXT, controller: { type: 'boolean' }, blockOwnerDeletion: { type: 'boolean' } },
      },
    },
    finalizers: { type: 'array', items: { type: 'string', nullable: true } },
    managedFields: {
      type: 'array',
      items: {
        type: 'object',
        nullable: true,
        properties: { manager: TEXT, operation: TEXT, apiVersion: TEXT, time: TIME, fieldsType: TEXT, fieldsV1: { 'x-kubernetes-preserve-unknown-fields': true }, subresource: TEXT },
      },
    },
  },
};

/** The fields a person writes. */
export const WRITTEN_METADATA = ['name', 'namespace', 'labels', 'annotations', 'generateName'] as const;
