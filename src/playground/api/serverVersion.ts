/** The `/version` of a playground: a Kubernetes version that says what it is. */
export function serverVersion(kubernetes = '1.34.4'): { readonly gitVersion: string; readonly major: string; readonly minor: string } & Record<string, string> {
  const [major = '1', minor = '34'] = kubernetes.split('.');
  return {
    major,
    minor,
    gitVersion: `v${kubernetes}+kubeblocks-playground`,
    gitCommit: '',
    gitTreeState: 'clean',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: '',
    compiler: 'node',
    platform: `${process.platform}/${process.arch}`,
  };
}
