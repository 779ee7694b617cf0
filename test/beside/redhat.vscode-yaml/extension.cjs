/**
 * The part of the extension's API that others use, with what its language server would ask of it.
 * @typedef {{ requestSchema: (resource: string) => string | undefined, requestSchemaContent: (uri: string) => string | undefined }} Contributor
 */
exports.activate = () => {
  /** @type {Map<string, Contributor>} */
  const contributors = new Map();
  return {
    /**
     * @param {string} scheme
     * @param {Contributor['requestSchema']} requestSchema
     * @param {Contributor['requestSchemaContent']} requestSchemaContent
     */
    registerContributor(scheme, requestSchema, requestSchemaContent) {
      if (contributors.has(scheme)) return false;
      contributors.set(scheme, { requestSchema, requestSchemaContent });
      return true;
    },
    /** @param {string} resource */
    schemaOf(resource) {
      for (const { requestSchema } of contributors.values()) {
        const uri = requestSchema(resource);
        if (uri) return uri;
      }
      return undefined;
    },
    /** @param {string} uri */
    contentOf(uri) {
      return contributors.get(uri.split(':')[0] ?? '')?.requestSchemaContent(uri);
    },
  };
};
